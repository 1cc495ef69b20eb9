export { pathway } from './pathway';
export { watch } from './watch';

// The SDK writes down a stack for each promise, line by line through the source map, for one page of the Temporal UI: a seventh of
// what a replay takes. Two lines still say where a mistake was thrown, and from where that was called (docs/performance.md).
Error.stackTraceLimit = 2;
