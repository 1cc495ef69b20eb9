// The scripts of package.json load this file first, by `--require`. It refuses an untried version of Node in one line, before any module is
// loaded that this version may not know. npm's own check (`engines`) takes many lines, and only warns. Plain CommonJS: every Node can read
// it.
const { devEngines } = require('../package.json');

/** Each range is a major version and its least minor: `^20.19 || ^22.12 || ^24.0`. */
const supported = devEngines.runtime.version.match(/\d+\.\d+/g).map((range) => range.split('.').map(Number));
const [major, minor] = process.versions.node.split('.').map(Number);

if (!supported.some(([itsMajor, least]) => major === itsMajor && minor >= least)) {
  const tried = supported.map(([itsMajor, least]) => (least === 0 ? `${itsMajor}` : `${itsMajor} (from ${itsMajor}.${least})`)).join(', ');
  process.stderr.write(`this runs on Node ${tried}, and not on Node ${process.versions.node}: install one of these\n`);
  process.exit(1);
}
