/** The one door through which zod comes in, so that the build can bundle it (design.md section 4). */
export { z } from 'zod';
