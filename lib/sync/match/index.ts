/** From names, addresses and numbers to ids of the platform, never by a guess. Nothing here reads a platform. */

export { matchText, type TextRule } from './attribute';
export { CallCenterIndex } from './call-center-index';
export { isParticles } from './name';
export type { Match } from './text-index';
export { fullName, type NameParts, UserIndex } from './user-index';
