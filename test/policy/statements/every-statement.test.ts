import { PolicyStatement } from "cdktf-secure-apim-backend";
import { STATEMENTS, statementOf, withText } from "./every-statement";
import { Found, read, xmlOf } from "./read";

/* What must hold of every statement, whatever it writes. */

const factories = Object.getOwnPropertyNames(PolicyStatement).filter(
  (name) => !name.startsWith("_") && typeof Reflect.get(PolicyStatement, name) === "function",
);

test("every factory of PolicyStatement has a row in every-statement.ts", () => {
  expect(Object.keys(STATEMENTS).sort()).toEqual(factories.sort());
});

/** Texts that close an attribute or an element, or that are code to API Management. */
const MARKUP = ['a" b="c', 'a" /><return-response /><x y="', "a</value><b />", "a & b", "<b>"];

const shapeOf = ({ elements, attributes }: Found): unknown => [elements, attributes.map(([place]) => place)];

/** What became of a text: nothing, if it is refused with an id, or stands in the XML as a text. */
function broken(name: string, args: unknown[]): string | undefined {
  let xml;
  try {
    xml = xmlOf(statementOf(name, args));
  } catch (error) {
    const { message } = error as Error;
    return /\([a-z]+(?:-[a-z]+)+\)$/.test(message) ? undefined : message;
  }
  const valid = shapeOf(read(xmlOf(statementOf(name))));
  try {
    return JSON.stringify(shapeOf(read(xml))) === JSON.stringify(valid) ? undefined : xml;
  } catch {
    return xml;
  }
}

/** The one whose text is XML. */
const OWN_XML = "raw";

test.each(factories.filter((name) => name in STATEMENTS && name !== OWN_XML))(
  "%s escapes or refuses markup in each of its texts (see lib/policy/statements/writing/)",
  (name) => {
    const found = MARKUP.flatMap((text) =>
      withText(STATEMENTS[name], text).flatMap(([place, args]) => {
        const wrong = broken(name, args);
        return wrong === undefined ? [] : [`${place}: ${wrong}`];
      }),
    );
    expect(found).toEqual([]);
  },
);
