import { execFileSync } from "node:child_process";
import { MANIFEST, ROOT } from "./last-release.mjs";
import { bundledPackages, contents } from "./notices.cjs";

/**
 * The bill of materials of a package, in CycloneDX: of what npm knows, the packages that are bundled, and then what is compiled into those.
 * Peers are not in it, because users install them.
 */
export function sbom({ name, version }) {
  const options = ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "library"];
  const bom = JSON.parse(execFileSync("npm", options, { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26 }));
  const own = `${MANIFEST.name}@${MANIFEST.version}`;
  const bundled = bundledPackages().map((each) => `${each.name}@${each.version}`);
  Object.assign(bom.metadata.component, { name, version });
  bom.metadata.component.purl = `pkg:npm/${name}@${version}`;
  bom.components = bom.components.filter((each) => bundled.includes(each["bom-ref"]));
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => ref === own || bundled.includes(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => bundled.includes(each)) }));
  for (const each of contents()) {
    const ref = `${each.package}#${each.name}`;
    bom.components.push({
      "bom-ref": ref,
      type: "library",
      name: each.name,
      ...(each.version === undefined ? {} : { version: each.version }),
      copyright: each.copyright,
      licenses: each.license.includes(" ") ? [{ expression: each.license }] : [{ license: { id: each.license } }],
      externalReferences: [{ type: "vcs", url: each.source }],
    });
    bom.dependencies.find((of) => of.ref.startsWith(`${each.package}@`)).dependsOn.push(ref);
    bom.dependencies.push({ ref, dependsOn: [] });
  }
  return `${JSON.stringify(bom, null, 2).replaceAll(`"${own}"`, `"${name}@${version}"`)}\n`;
}
