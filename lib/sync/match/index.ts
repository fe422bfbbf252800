/** From the words of people to the ids of the platform: looked up, never guessed. Nothing here reads a platform. */

export { matchText, type TextRule } from './attribute';
export { CallCenterIndex } from './call-center-index';
export type { Match } from './text-index';
export { fullName, UserIndex } from './user-index';
