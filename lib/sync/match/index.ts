/** From the words of people to the ids of the platform: looked up, never guessed. Nothing here reads a platform. */

export { type CallCenterAttribute, matchText, type PersonAttribute, type TextRule } from './attribute';
export { CallCenterIndex } from './call-center-index';
export { COUNTRIES, type CountryCode } from './countries';
export type { Candidate, Match } from './text-index';
export { fullName, UserIndex } from './user-index';
