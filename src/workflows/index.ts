export { pathway } from './pathway';
