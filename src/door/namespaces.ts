/** What the pages of the Web UI ask of the cluster. It holds none of a case. */
const ofTheCluster = ['settings', 'cluster-info', 'system-info'];

/** Whether a path may be passed on: the words of other namespaces are not sealed, and their people did not let ours in. */
export function isOfNamespace(path: string, namespace: string): boolean {
  const parts = partsOf(path);
  if (parts === undefined || parts.some((part) => part === '.' || part === '..')) return false;
  const isOfApi = parts[0] === 'api';
  const [what = '', whose] = isOfApi ? parts.slice(2) : parts;
  if (what === 'namespaces' && whose !== undefined) return whose === namespace;
  return !isOfApi || (whose === undefined && ofTheCluster.includes(what));
}

/** The parts of a path as the loosest server would read them; undefined if it cannot be read. */
function partsOf(path: string): readonly string[] | undefined {
  try {
    return decodeURIComponent(path)
      .split('/')
      .filter((part) => part !== '');
  } catch {
    return undefined;
  }
}
