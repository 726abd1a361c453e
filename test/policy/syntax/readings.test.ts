import * as fc from "fast-check";
import { Failure } from "../../../lib/policy/syntax/failure";
import { Reader, Reading } from "../../../lib/policy/syntax/reader";
import { scan } from "../../../lib/policy/syntax/scanner";
import { Place } from "../../../lib/policy/syntax/place";
import { positionOf, SourceElement } from "../../../lib/policy/syntax/source-tree";
import { Json } from "../../helpers/synth";
import { rawDocuments, strictDocuments } from "../documents";

const XML: Reading = { raw: false, references: false };
const CODE: Reading = { raw: true, references: false };
const CODE_WITH_REFERENCES: Reading = { raw: true, references: true };
const BY_SHAPE: Reading = { raw: true, references: false, byShape: true };

/** What the elements are, where they are, and whether each is below its parent. */
function shown(elements: readonly SourceElement[], parent?: SourceElement): unknown[] {
  return elements.map((element) => {
    const { parent: above, children, ...own } = element;
    return { ...own, isBelow: above === parent, children: shown(children, element) };
  });
}

function placesOf(found: readonly Place[]): string[] {
  return found.map(({ line, column }) => `${line}:${column}`);
}

/** What a reader finds, or why it fails. */
function outcomeOf(reader: Reader): Json {
  try {
    const { roots, doubts, faults } = reader.tree("orders.xml");
    return { roots: shown(roots), doubts: placesOf(doubts), faults: faults.map((at) => [at.fault, ...placesOf([at])]) };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { ...failure };
  }
}

const PARTS = [
  ...[
    "<a/>",
    "<b>",
    "</b>",
    "text",
    " ",
    "&amp;",
    "&",
    "<!-- a -- b -->",
    "<![CDATA[",
    "]]>",
    "'",
    '"',
    ")",
    "<",
    "\n",
  ],
  ...[
    "@(1)",
    "@(a && b)",
    '@("<a/>")',
    '@("&quot;")',
    '@(x["a)',
    '@(x < ["a)',
    "@{ return 1; }",
    "@(a &lt; b)",
  ].flatMap((code) => [code, `<b>${code}</b>`, `<a c="${code}"/>`, `<a c='${code}' ü="1" />`, `<b>${code} <a/></b>`]),
];
const parts = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((all) => `<r>${all.join("")}</r>`);
const documents = fc.oneof({ weight: 4, arbitrary: parts }, rawDocuments, strictDocuments);

test("to go on in another way finds the same as to read everything in that way", () => {
  fc.assert(
    fc.property(documents, (text) => {
      const xml = new Reader(text, XML);
      outcomeOf(xml);
      const code = xml.goingOn(CODE);
      expect(outcomeOf(code)).toEqual(outcomeOf(new Reader(text, CODE)));
      for (const reading of [CODE_WITH_REFERENCES, BY_SHAPE])
        expect(outcomeOf(code.goingOn(reading))).toEqual(outcomeOf(new Reader(text, reading)));
    }),
    { numRuns: 2000 },
  );
});

test("a tree that is XML is whole after other ways were tried", () => {
  const text = '<r><a/><b c="@(" /><a/></r>';
  expect({ roots: shown(scan(text).roots) }).toEqual({ roots: shown(new Reader(text, XML).tree("").roots) });
  expect(JSON.stringify(shown(scan(text).roots))).not.toContain('"isBelow":false');
});

/** What was found, in the first way that succeeds: by its description, and by `scan`. */
function foundIn(text: string): { readonly described: unknown; readonly scanned: unknown; readonly isEither: boolean } {
  const [xml, code, withReferences, byShape] = [XML, CODE, CODE_WITH_REFERENCES, BY_SHAPE].map((reading) =>
    outcomeOf(new Reader(text, reading)),
  );
  const isFound = (outcome: Json): boolean => "roots" in outcome;
  const raw = [code, ...(text.includes("&") ? [withReferences] : [])];
  const best = [...raw, xml, byShape].find(isFound);
  const [failure] = [...raw].sort((a, b) => b.offset - a.offset);
  const position = best ? undefined : positionOf(text, failure.offset);
  const described = best ?? `[orders.xml:${position?.line}:${position?.column}] ${failure.message}`;
  return { described, scanned: scanned(text), isEither: isFound(xml) && raw.some(isFound) };
}

function scanned(text: string): unknown {
  try {
    const { roots, doubts, faults } = scan(text, "orders.xml");
    return { roots: shown(roots), doubts: placesOf(doubts), faults: faults.map((at) => [at.fault, ...placesOf([at])]) };
  } catch (error) {
    return (error as Error).message;
  }
}

test("a document is read in the first way that succeeds: as code, as code with references, as XML, by its shape", () => {
  fc.assert(
    fc.property(documents, (text) => {
      const { described, scanned: found, isEither } = foundIn(text);
      if (isEither && typeof found === "string") expect(found).toContain("(read-in-two-ways)");
      else expect(found).toEqual(described);
    }),
    { numRuns: 2000 },
  );
});
