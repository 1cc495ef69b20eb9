export { pathway } from './pathway';
export { rules } from './rules';
export { watch } from './watch';

// The SDK records a stack for each promise, through the source map, for one page of the Temporal UI. That is a seventh of the time of a
// replay. Two lines still show the place of an error and its caller (docs/performance.md).
Error.stackTraceLimit = 2;
