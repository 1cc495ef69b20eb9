// Loaded before everything else, by `--require` in the scripts of package.json: on a version of Node that was never tried the service
// says so in one line, before anything is loaded that this version may not know. npm's own check (`engines`) takes many lines, and only
// warns. Plain CommonJS: every Node can read it.
const { devEngines } = require('../package.json');

/** Each of the ranges is a major version and the least minor of it: `^20.19 || ^22.12 || ^24.0`. */
const supported = devEngines.runtime.version.match(/\d+\.\d+/g).map((range) => range.split('.').map(Number));
const [major, minor] = process.versions.node.split('.').map(Number);

if (!supported.some(([itsMajor, least]) => major === itsMajor && minor >= least)) {
  const tried = supported.map(([itsMajor, least]) => (least === 0 ? `${itsMajor}` : `${itsMajor} (from ${itsMajor}.${least})`)).join(', ');
  process.stderr.write(`this runs on Node ${tried}, and not on Node ${process.versions.node}: install one of these\n`);
  process.exit(1);
}
