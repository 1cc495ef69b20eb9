export { pathway } from './pathway';
export { watch } from './watch';

// For one page of the Temporal UI the SDK records a stack for each promise, line by line through the source map. That takes a seventh of a
// replay. Two lines still say where a mistake was thrown, and from where that was called (docs/performance.md).
Error.stackTraceLimit = 2;
