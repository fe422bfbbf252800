/** The one door through which p-limit comes in, so that the build can bundle it (design.md section 4). */
export { default as pLimit } from 'p-limit';
