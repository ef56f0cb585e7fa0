/** Which modules the first view takes: those that its entry imports, and what these import, but for what waits. */

export interface Modules {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

/** Whether the page's entry needs a module before anything is opened; `import()` is what waits. */
export function isInFirstView(id: string, modules: Modules, seen: Set<string> = new Set()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const found = modules.getModuleInfo(id);
  return (
    found !== null && (found.isEntry || found.importers.some((importer) => isInFirstView(importer, modules, seen)))
  );
}
