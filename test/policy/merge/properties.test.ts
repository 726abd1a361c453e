import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { insertedId } from "../../../lib/policy/inserted";
import { PolicySlot } from "../../../lib/policy/statement";
import { scan } from "../../../lib/policy/syntax/scanner";
import { allElements } from "../../../lib/policy/syntax/source-tree";
import { rawDocuments, statements, strictDocuments } from "../documents";
import { withoutInserted } from "../statements";

const documents = fc.oneof(rawDocuments, strictDocuments);
const RUNS = { numRuns: 1500 };

/** Names and attributes as a strict parser sees them; throws on anything that is no XML. */
function strictElements(xml: string): string[] {
  const found: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => found.push([name, ...Object.entries(attributes).flat()].join("|")));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

/** The inserted elements, by the kind of their statement and their content. */
function inserted(xml: string): string[] {
  return allElements(scan(xml).roots).flatMap((element) => {
    const id = insertedId(element);
    return id ? [`${id.kind}|${id.hash}`] : [];
  });
}

function folded(text: string): string {
  return text.replace(/\r\n|[\r\n\t]/g, " ");
}

describe("any document", () => {
  it("comes back byte for byte", () => {
    fc.assert(
      fc.property(documents, (xml) => {
        expect(PolicyDocument.fromXml(xml).toXml()).toBe(xml);
      }),
      RUNS,
    );
  });

  it("has its own bytes again once what was merged is taken out", () => {
    fc.assert(
      fc.property(documents, statements, (xml, ours) => {
        const merged = PolicyDocument.fromXml(xml)
          .merge(PolicyDocument._of(...ours))
          .toXml();
        expect(merged).not.toBe(xml);
        expect(withoutInserted(merged)).toBe(xml);
      }),
      RUNS,
    );
  });

  it("is the same after a second merge, and keeps what another merge has inserted unless it takes its place", () => {
    fc.assert(
      fc.property(documents, statements, statements, (xml, ours, others) => {
        const merge = (text: string, what: typeof ours): string =>
          PolicyDocument.fromXml(text)
            .merge(PolicyDocument._of(...what))
            .toXml();
        const once = merge(xml, ours);
        expect(merge(once, ours)).toBe(once);

        const both = merge(merge(xml, others), ours);
        expect(merge(both, ours)).toBe(both);
        const constant = ours.filter(({ slot }) => slot !== PolicySlot.TOKEN);
        expect(inserted(both)).toEqual(expect.arrayContaining(inserted(merge(xml, constant))));
        const kinds = new Set(ours.map(({ kind }) => kind));
        const kept = inserted(merge(xml, others)).filter((each) => !kinds.has(each.split("|")[0]));
        expect(inserted(both)).toEqual(expect.arrayContaining(kept));
      }),
      RUNS,
    );
  });

  it("is read as a strict parser reads it, if it is XML, before and after a merge", () => {
    fc.assert(
      fc.property(strictDocuments, statements, (xml, ours) => {
        for (const text of [
          xml,
          PolicyDocument.fromXml(xml)
            .merge(PolicyDocument._of(...ours))
            .toXml(),
        ]) {
          const read = allElements(scan(text).roots).map(({ name, attributes }) =>
            [name, ...attributes.flatMap((attribute) => [attribute.name, folded(attribute.value)])].join("|"),
          );
          expect(read).toEqual(strictElements(text));
        }
      }),
      RUNS,
    );
  });
});

describe("a document of statements alone", () => {
  it("is XML to a strict parser", () => {
    fc.assert(
      fc.property(statements, (ours) => {
        expect(strictElements(PolicyDocument._of(...ours).toXml())[0]).toBe("policies");
      }),
      RUNS,
    );
  });
});

describe("the scanner", () => {
  function readsOrSaysWhere(text: string): void {
    try {
      scan(text);
    } catch (error) {
      const { message } = error as Error;
      expect(message).toMatch(/^\[policy document:[1-9]\d*:[1-9]\d*\] [^]+\. \([a-z-]+\)$/);
    }
  }

  it("throws nothing but its own error on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), readsOrSaysWhere), RUNS);
    const alphabet = fc.constantFrom(
      "<",
      ">",
      "/",
      "a",
      "b=",
      '"',
      "'",
      "@(",
      "@{",
      ")",
      "}",
      '$"',
      "{",
      "&",
      "&quot;",
      "//",
      "/*",
      "*/",
      "\n",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      " ",
      "\\",
    );
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join("")),
        readsOrSaysWhere,
      ),
      RUNS,
    );
  });

  it("throws nothing but its own error on a document that something was cut out of or put into", () => {
    const cut = fc.tuple(
      documents,
      fc.nat(),
      fc.nat(20),
      fc.constantFrom("", '"', "<", ">", ")", "@(", "/*", "&", "\n", "'", "}"),
    );
    fc.assert(
      fc.property(cut, ([xml, at, length, text]) => {
        const start = at % (xml.length + 1);
        readsOrSaysWhere(xml.slice(0, start) + text + xml.slice(start + length));
      }),
      RUNS,
    );
  });
});
