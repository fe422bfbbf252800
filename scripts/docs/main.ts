/** `npm run docs`. */

import { writePages } from './write-pages';

writePages();
