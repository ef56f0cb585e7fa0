/** Finds the modules of the first view: the static imports of the entry, and their static imports. */

export interface Modules {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

/** Whether the entry imports a module statically; `import()` is loaded later. */
export function isInFirstView(id: string, modules: Modules, seen: Set<string> = new Set()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const found = modules.getModuleInfo(id);
  return (
    found !== null && (found.isEntry || found.importers.some((importer) => isInFirstView(importer, modules, seen)))
  );
}
