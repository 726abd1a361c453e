import { repeated } from "../../core/repeated";
import { PolicySection } from "../statement";
import { sectionOf } from "./located";
import { intendedSections } from "./unknown";
import { Examined, foundAt, foundIn, PolicyRule } from "./rule";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { ConflictResolution } from "../conflict-resolution";
import { conflictRule } from "./conflict-rule";

const WRITE_POLICIES = "write <policies> with the sections <inbound>, <backend>, <outbound> and <on-error>";

export const ROOT_MISSING: PolicyRule = {
  id: "root-missing",
  severity: "conflict",
  finds: ({ tree }) => (tree.roots.length === 0 ? [foundIn(tree, tree.position(0))] : []),
  says: () => "The document has no element.",
  resolutions: () => [WRITE_POLICIES],
};

export const SECOND_ROOT: PolicyRule = {
  id: "second-root",
  severity: "conflict",
  finds: (examined) => examined.tree.roots.slice(1, 2).map((second) => foundAt(examined, second)),
  says: ({ name }) => `<${name}> is a second root element, but a document has one.`,
  resolutions: () => [WRITE_POLICIES],
};

export const ROOT_IS_FRAGMENT: PolicyRule = {
  id: "root-is-fragment",
  severity: "conflict",
  finds: (examined) => singleRoot(examined, (name) => name === "fragment"),
  says: () => "The document is a policy fragment, which has no sections to merge into.",
  resolutions: () => ['publish it as a fragment, and write PolicyStatement.includeFragment("...") to include it'],
};

export const OTHER_ROOT: PolicyRule = {
  id: "other-root",
  severity: "conflict",
  finds: (examined) => singleRoot(examined, (name) => name !== "policies" && name !== "fragment"),
  says: ({ name }) => `The root element is <${name}>, so this is not a policy document.`,
  resolutions: () => [WRITE_POLICIES],
};

export const SECTION_REPEATED: PolicyRule = {
  id: "section-repeated",
  severity: "conflict",
  finds: (examined) =>
    [...repeated(examined.tree.roots[0].children, ({ name }) => name)].map(([section]) => foundAt(examined, section)),
  says: ({ name }) => `This is the second <${name}> section, but API Management accepts one.`,
  resolutions: ({ name }) => [`move its content into the first <${name}>`],
};

export const BASE_REPEATED: PolicyRule = {
  id: "base-repeated",
  severity: "conflict",
  finds: (examined) =>
    examined.tree.roots[0].children.flatMap(({ name, children }) => {
      const [, second] = children.filter((child) => child.name === "base");
      return second ? [foundAt(examined, second, name)] : [];
    }),
  says: ({ value: section }) => `The <${section}> section has <base /> twice, so the parent policies would run twice.`,
  resolutions: () => ["remove one <base />"],
};

/** Comments belong to no policy either, but are for people. */
export const TEXT_BESIDE_POLICIES: PolicyRule = {
  id: "text-beside-policies",
  severity: "warning",
  finds: (examined) => {
    const { tree } = examined;
    return [tree.roots[0], ...tree.roots[0].children].flatMap((element) => {
      const text = textBesideElements(tree, element);
      return text === undefined ? [] : [foundIn(tree, tree.position(text), element.name)];
    });
  },
  says: ({ name }) => `This text is directly in <${name}>, where API Management expects policies only.`,
  resolutions: () => ["remove the text", "write it as a comment: <!-- ... -->"],
};

/** The offset of the first text of an element that is in no other element, and is no comment. */
function textBesideElements({ text }: SourceTree, element: SourceElement): number | undefined {
  let start = element.startTagEnd;
  let found: number | undefined;
  element.children.some((child) => {
    found = firstText(text, start, child.start);
    start = child.end;
    return found !== undefined;
  });
  return found ?? firstText(text, start, element.endTagStart);
}

function firstText(text: string, start: number, end: number): number | undefined {
  let offset = start;
  while (offset < end) {
    NO_TEXT.lastIndex = offset;
    if (!NO_TEXT.test(text)) return offset;
    offset = NO_TEXT.lastIndex;
  }
  return undefined;
}

const NO_TEXT = /\s+|<!--[^]*?-->|<\?[^]*?\?>/y;

/** @see docs/design/decisions.md#no-section-is-added */
export const SECTION_MISSING: PolicyRule = {
  id: "section-missing",
  severity: "conflict",
  finds: (examined) => {
    const missing = new Set(examined.statements.map(({ section }) => section));
    const intended = intendedSections(examined.tree.roots[0].children);
    return [...missing]
      .filter((name) => !intended.has(name))
      .map((name) => foundAt(examined, examined.tree.roots[0], name));
  },
  says: ({ value: section }) =>
    `The document has no <${section}> section. The library adds no section, because that would change what the document inherits.`,
  resolutions: ({ value: section }) => [`write <${section}><base /></${section}> in <policies>`],
};

export const INBOUND_WITHOUT_BASE: PolicyRule = {
  id: "inbound-without-base",
  severity: "warning",
  when: ({ statements }) => statements.some(({ section }) => section === PolicySection.INBOUND),
  finds: (examined) => {
    const inbound = sectionOf(examined.tree, PolicySection.INBOUND);
    return inbound && !inbound.children.some(({ name }) => name === "base") ? [foundAt(examined, inbound)] : [];
  },
  says: () =>
    "The <inbound> section has no <base />, so it inherits nothing, not even the token validation of the product or the service.",
  resolutions: () => ["write <base /> in it to inherit the parent policies"],
};

function singleRoot(examined: Examined, applies: (name: string) => boolean): ReturnType<PolicyRule["finds"]> {
  const [root, second] = examined.tree.roots;
  return root && !second && applies(root.name) ? [foundAt(examined, root)] : [];
}

export const BACKEND_SECTION_OCCUPIED = conflictRule({
  id: "backend-section-occupied",
  theirs: ({ section, nested }) => section === PolicySection.BACKEND && !nested,
  ours: ({ section }) => section === PolicySection.BACKEND,
  says: ({ name, other }) =>
    `<${name}> is in the <backend> section, which accepts one element: ${other} would be the second.`,
  keep: { resolution: ConflictResolution.KEEP_FORWARDING, omitsOurs: true, purpose: "to omit the statement" },
  replace: ConflictResolution.REPLACE_FORWARDING,
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
  says: ({ name, value: first }) =>
    `The <backend> section has <${name}> and ${first}, but API Management accepts only one element there.`,
  resolutions: () => ["put the other elements into one of them", "move the other elements to <inbound>"],
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
