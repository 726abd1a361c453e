import { ConflictResolution } from "../conflict-resolution";
import { PolicySection } from "../policy-section";
import { conflictRule } from "./conflict-rule";
import { sectionOf } from "./located";
import { foundAt, PolicyRule } from "./rule";

export const BACKEND_SECTION_OCCUPIED = conflictRule({
  id: "backend-section-occupied",
  theirs: ({ section, nested }) => section === PolicySection.BACKEND && !nested,
  ours: ({ section }) => section === PolicySection.BACKEND,
  says: ({ name, other }) =>
    `<${name}> is in the <backend> section, which accepts one element: ${other} would be the second.`,
  keep: { resolution: ConflictResolution.KEEP_FORWARDING, omitsOurs: true, purpose: "to omit the statement" },
  replace: ConflictResolution.REPLACE_FORWARDING,
  overrides: false,
});

export const SEVERAL_FORWARDINGS: PolicyRule = {
  id: "several-forwardings",
  severity: "conflict",
  finds: (examined) => {
    const [first, second] = sectionOf(examined.tree, PolicySection.BACKEND)?.children ?? [];
    if (!second) return [];
    const { line, column } = examined.tree.position(first.start);
    return [foundAt(examined, second, `<${first.name}> at ${line}:${column}`)];
  },
  says: ({ name, value }) =>
    `The <backend> section has <${name}> beside ${value}, but API Management accepts one element in it.`,
  resolutions: () => ["keep one of them, with the others in it", "move the others to <inbound>"],
};

export const BACKEND_SECTION_EMPTY: PolicyRule = {
  id: "backend-section-empty",
  severity: "warning",
  when: ({ statements }) => !statements.some(({ section }) => section === PolicySection.BACKEND),
  finds: (examined) => {
    const backend = sectionOf(examined.tree, PolicySection.BACKEND);
    return backend?.children.length === 0 ? [foundAt(examined, backend)] : [];
  },
  says: () => "The <backend> section is empty: requests are not forwarded, and consumers get an empty response.",
  resolutions: () => ["write <base /> in it"],
};
