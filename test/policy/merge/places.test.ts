import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { statement } from "../statements";

const { CORS, ACCESS, VALIDATION, CALLER_IDENTITY, USER, CLEANUP } = PolicySlot;

const X = statement("x", "<x>\n  <y />\n</x>");

/** The document after the merge, without the ids of what is inserted. */
function merged(xml: string, ...statements: StatementConfig[]): string {
  const text = PolicyDocument.fromXml(xml)
    .merge(PolicyDocument._of(...statements))
    .toXml();
  return text.replace(/ id="secure-apim-backend-[\w-]+"/g, "");
}

describe("what is inserted is written as the document is", () => {
  test.each<[string, string, string]>([
    ["in a document on one line", "<policies><inbound /></policies>", "<inbound ><x><y /></x></inbound>"],
    ["in a section on one line", "<policies>\n  <inbound></inbound>\n</policies>", "  <inbound><x><y /></x></inbound>"],
    [
      "in an empty section, one level deeper than it",
      "<policies>\n   <inbound />\n</policies>",
      "\n   <inbound >\n      <x>\n         <y />\n      </x>\n   </inbound>\n",
    ],
    [
      "with tabs, where the section has no other indentation than the document",
      "\t<policies>\n\t<inbound />\n\t</policies>",
      "\n\t<inbound >\n\t\t<x>\n\t\t\t<y />\n\t\t</x>\n\t</inbound>\n",
    ],
    [
      "with four spaces, where the document has tabs and the section has not",
      "\t<policies>\n  <inbound />\n</policies>",
      "\n  <inbound >\n      <x>\n          <y />\n      </x>\n  </inbound>\n",
    ],
    [
      "with tabs, where the section only ends its indentation as the document does",
      " <policies>\n\t <inbound />\n</policies>",
      "\n\t <inbound >\n\t \t<x>\n\t \t\t<y />\n\t \t</x>\n\t </inbound>\n",
    ],
    [
      "with four spaces, where the document does not begin a line",
      "<!-- a --><policies>\n  <inbound />\n</policies>",
      "\n  <inbound >\n      <x>\n          <y />\n      </x>\n  </inbound>\n",
    ],
    [
      "like the end of a section that does not begin a line",
      "<policies><inbound><!-- a -->\n  </inbound></policies>",
      "<inbound><!-- a -->\n    <x>\n      <y />\n    </x>\n  </inbound>",
    ],
    [
      "with four spaces, where neither the section nor its end is on a line of its own",
      "<policies><inbound><!-- a\n --></inbound></policies>",
      " -->\n    <x>\n        <y />\n    </x></inbound>",
    ],
    [
      "with the newlines of what follows",
      "<policies>\n<inbound>\n<base />\r\n</inbound>\r\n</policies>",
      "\n<base />\r\n<x>\r\n    <y />\r\n</x>\r\n</inbound>",
    ],
    [
      "with the first newline, where no other follows",
      "<policies>\r\n<inbound>\r\n<base /></inbound></policies>",
      "\r\n<base />\r\n<x>\r\n    <y />\r\n</x></inbound>",
    ],
    [
      "like the policy before, although another one has another indentation",
      "<policies>\n  <inbound>\n   <a />\n     <base />\n  </inbound>\n</policies>",
      "\n     <base />\n     <x>\n      <y />\n     </x>\n  </inbound>",
    ],
    [
      "like the last policy that begins a line",
      "<policies>\n  <inbound>\n    <base />\n       <b /><a />\n  </inbound>\n</policies>",
      "\n       <b /><a />\n       <x>\n         <y />\n       </x>\n  </inbound>",
    ],
    [
      "with the indentation of the first policy that begins a line",
      "<policies>\n  <inbound><base />\n      <a />\n  </inbound>\n</policies>",
      "\n      <a />\n      <x>\n          <y />\n      </x>\n  </inbound>",
    ],
    [
      "like a policy that is indented in another way than its section",
      "<policies>\n  <inbound>\n\t  <base />\n  </inbound>\n</policies>",
      "\n\t  <base />\n\t  <x>\n\t    <y />\n\t  </x>\n  </inbound>",
    ],
    [
      "one level deeper than a section whose policies are not",
      "<policies>\n  <inbound>\n  <base />\n  </inbound>\n</policies>",
      "\n  <base />\n  <x>\n    <y />\n  </x>\n  </inbound>",
    ],
  ])("%s", (_, xml, expected) => {
    expect(merged(xml, X)).toContain(expected);
  });
});

describe("a statement is inserted", () => {
  const of = (...slots: PolicySlot[]): StatementConfig[] => slots.map((slot) => statement(slot, `<${slot} />`, slot));
  const inbound = (content: string): string => `<policies>\n<inbound>${content}</inbound>\n</policies>`;

  test.each<[string, string, PolicySlot[], string]>([
    [
      "at the place of its slot, in the order of the slots",
      "\n<base />\n<a />\n",
      [CLEANUP, USER, CALLER_IDENTITY, VALIDATION, ACCESS, CORS],
      "\n<cors />\n<access />\n<base />\n<validation />\n<caller-identity />\n<a />\n<user />\n<cleanup />\n",
    ],
    ["before everything, if it is cors", "\n<a />\n<base />\n", [CORS], "\n<cors />\n<a />\n<base />\n"],
    [
      "after a comment behind the start of the section",
      " <!-- first -->\n<base />\n",
      [CORS],
      " <!-- first -->\n<cors />\n<base />\n",
    ],
    [
      "after cors and its comment, if it says who may call",
      "\n<cors /><!-- all -->\n<base />\n",
      [ACCESS],
      "\n<cors /><!-- all -->\n<access />\n<base />\n",
    ],
    ["before cors that is not first, too", "\n<a />\n<cors />\n", [ACCESS], "\n<access />\n<a />\n<cors />\n"],
    [
      "after cors that follows the inherited policies, if it is a validation",
      "\n<base />\n<cors />\n<a />\n",
      [VALIDATION],
      "\n<base />\n<cors />\n<validation />\n<a />\n",
    ],
    [
      "right after the inherited policies, if cors comes later",
      "\n<base />\n<a />\n<cors />\n",
      [VALIDATION],
      "\n<base />\n<validation />\n<a />\n<cors />\n",
    ],
    [
      "after leading cors, if nothing is inherited",
      "\n<cors />\n<a />\n",
      [VALIDATION],
      "\n<cors />\n<validation />\n<a />\n",
    ],
    ["first, if nothing is inherited and there is no cors", "\n<a />\n", [VALIDATION], "\n<validation />\n<a />\n"],
    [
      "after the last validation of the document, if it tells who calls",
      "\n<base />\n<validate-jwt />\n<a />\n<validate-azure-ad-token /> <!-- who -->\n<b />\n",
      [CALLER_IDENTITY],
      "\n<base />\n<validate-jwt />\n<a />\n<validate-azure-ad-token /> <!-- who -->\n<caller-identity />\n<b />\n",
    ],
    [
      "after the only validation of the document, if it tells who calls",
      "\n<base />\n<a />\n<validate-jwt />\n<b />\n",
      [CALLER_IDENTITY],
      "\n<base />\n<a />\n<validate-jwt />\n<caller-identity />\n<b />\n",
    ],
    [
      "after the inherited policies, if a validation is before them and it tells who calls",
      "\n<validate-jwt />\n<base />\n<a />\n",
      [CALLER_IDENTITY],
      "\n<validate-jwt />\n<base />\n<caller-identity />\n<a />\n",
    ],
    [
      "before the white space at the end of a line",
      "\n<base /> \t\n<a />\n",
      [VALIDATION],
      "\n<base />\n<validation /> \t\n<a />\n",
    ],
    [
      "after a comment with a tab before it",
      "\n<base />\t<!-- a -->\n<a />\n",
      [VALIDATION],
      "\n<base />\t<!-- a -->\n<validation />\n<a />\n",
    ],
    [
      "after a comment that is as short as can be",
      "\r<base /><!---->\r<a />\r",
      [VALIDATION],
      "\r<base /><!---->\r<validation />\r<a />\r",
    ],
    [
      "before what follows on its line",
      "\n<base /><!-- of a --><a />\n",
      [VALIDATION],
      "\n<base />\n<validation /><!-- of a --><a />\n",
    ],
    [
      "before the space at the end of the section",
      "\n<base />\n<a /> \n\n",
      [USER],
      "\n<base />\n<a />\n<user /> \n\n",
    ],
  ])("%s", (_, before, slots, after) => {
    expect(merged(inbound(before), ...of(...slots))).toBe(inbound(after));
  });

  test("like the nearest policy before it, or else like the first one", () => {
    const xml = "<policies>\n  <inbound>\n   <base />\n      <a />\n  </inbound>\n</policies>";
    expect(merged(xml, ...of(USER, VALIDATION, CORS))).toBe(
      "<policies>\n  <inbound>\n   <cors />\n   <base />\n   <validation />\n      <a />\n      <user />\n  </inbound>\n</policies>",
    );
  });

  test("in a section that is opened for it, whatever follows the section on its line", () => {
    const xml = "<policies>\n  <inbound /> <!-- mine -->\n</policies>";
    expect(merged(xml, ...of(USER, CORS))).toBe(
      "<policies>\n  <inbound >\n    <cors />\n    <user />\n  </inbound> <!-- mine -->\n</policies>",
    );
  });

  test("in the order of the slots in a section that is opened for them", () => {
    const xml = "<policies>\n  <inbound />\n</policies>";
    expect(merged(xml, ...of(USER, CORS))).toBe(
      "<policies>\n  <inbound >\n    <cors />\n    <user />\n  </inbound>\n</policies>",
    );
  });

  test("at the end of any other section, in the order in which they are written", () => {
    const xml = "<policies>\n<inbound><base /></inbound>\n<outbound>\n<base />\n<a />\n</outbound>\n</policies>";
    const statements = [USER, CORS].map((slot) => statement(slot, `<${slot} />`, slot, PolicySection.OUTBOUND));
    expect(merged(xml, ...statements)).toContain("\n<base />\n<a />\n<user />\n<cors />\n</outbound>");
  });
});
