import { isObject, JsonObject, keysOf, Trail } from "./json";
import { MAX_DEPTH } from "./limits";

/** Keys below which there is data, where `$ref` is no reference. So it is below extensions. */
const DATA = new Set(["example", "default", "enum", "const", "value"]);

/** Keys below which there are schemas. */
const SCHEMAS = new Set(["schema", "schemas", "definitions"]);

/** Keys below which the keys are names that the user gave. */
const NAMES = new Set([
  "properties",
  "patternProperties",
  "responses",
  "schemas",
  "definitions",
  "parameters",
  "headers",
  "requestBodies",
  "examples",
  "links",
  "callbacks",
  "$defs",
]);

/** The place of an object: its key or index, and the place above. Places share those above them. */
interface Place {
  readonly above?: Place;
  readonly key: string | number;
}

/** A reference, with its place. */
export class Reference {
  constructor(
    public readonly target: string,
    /** Whether it stands in a schema. */
    public readonly ofSchema: boolean,
    /** The name of the document's schema that contains it. */
    public readonly schema: string | undefined,
    private readonly holder: Place | undefined,
  ) {}

  /** The keys and indexes that lead to it. Few references are shown, so that it is put together only then. */
  public get trail(): Trail {
    const reversed: (string | number)[] = ["$ref"];
    for (let place = this.holder; place; place = place.above) reversed.push(place.key);
    return reversed.reverse();
  }
}

/** Where the schemas of a document are. */
export function schemasOf(root: unknown): readonly string[] {
  return isObject(root) && "swagger" in root ? ["definitions"] : ["components", "schemas"];
}

/** Visits all objects and lists of a document. There is only one walk, because it takes long in large documents. */
export class Walk {
  public readonly references: Reference[] = [];
  /** How many keys the objects have, or `NaN` where they are nested too deep. Those in data count only if this is asked for. */
  public keyCount = 0;
  private readonly schemas: readonly string[];
  private readonly trail: (string | number)[] = [];
  /** Those of the keys at the beginning of the trail. */
  private readonly places: Place[] = [];
  private readonly seen?: Set<object>;
  private readonly countsKeys: boolean;

  /** An object that several places share is visited once. */
  constructor(root: unknown, { countsKeys, sharesObjects }: { countsKeys: boolean; sharesObjects: boolean }) {
    this.countsKeys = countsKeys;
    if (sharesObjects) this.seen = new Set();
    this.schemas = schemasOf(root);
    if (isCollection(root)) this.visit(root, false, false);
  }

  /** @param named whether its keys are names that the user gave */
  private visit(value: object, named: boolean, inSchema: boolean): void {
    if (this.trail.length === MAX_DEPTH) {
      this.keyCount = NaN;
      return;
    }
    if (this.seen?.has(value)) return;
    this.seen?.add(value);
    if (Array.isArray(value)) this.visitList(value, inSchema);
    else this.visitObject(value as JsonObject, named, inSchema);
  }

  private visitList(list: readonly unknown[], inSchema: boolean): void {
    for (let index = 0; index < list.length; index++) {
      const inner = list[index];
      if (isCollection(inner)) this.visitBelow(index, inner, false, inSchema);
    }
  }

  private visitObject(value: JsonObject, named: boolean, inSchema: boolean): void {
    const keys = keysOf(value);
    this.keyCount += keys.length;
    for (const key of keys) {
      const inner = value[key];
      if (isCollection(inner)) {
        // A name that the user gave, such as a property "headers", has no meaning of its own.
        if (named) this.visitBelow(key, inner, false, inSchema);
        else if (this.isData(key)) this.skip(inner);
        else this.visitBelow(key, inner, NAMES.has(key), inSchema || SCHEMAS.has(key));
      } else if (key === "$ref" && typeof inner === "string" && !named) {
        this.references.push(new Reference(inner, inSchema, this.schemaHere(), this.placeHere()));
      }
    }
  }

  private visitBelow(key: string | number, inner: object, named: boolean, inSchema: boolean): void {
    this.trail.push(key);
    this.visit(inner, named, inSchema);
    this.trail.pop();
    if (this.places.length > this.trail.length) this.places.pop();
  }

  /** Whether there is data below a key. Of extensions, API Management reads the paths in `x-ms-paths`. */
  private isData(key: string): boolean {
    const isPaths = key === "x-ms-paths" && this.trail.length === 0;
    return DATA.has(key) || (key.startsWith("x-") && !isPaths);
  }

  private skip(data: object): void {
    if (this.countsKeys) this.keyCount += keyCountOf(data, this.trail.length + 1);
  }

  private placeHere(): Place | undefined {
    const { places, trail } = this;
    for (let depth = places.length; depth < trail.length; depth++)
      places.push({ above: places[depth - 1], key: trail[depth] });
    return places.at(-1);
  }

  private schemaHere(): string | undefined {
    const { schemas, trail } = this;
    const name = trail[schemas.length] as string | number | undefined;
    return name !== undefined && schemas.every((key, index) => trail[index] === key) ? String(name) : undefined;
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** How many keys the objects in an object or a list have, or `NaN` where they are nested too deep. */
function keyCountOf(value: object, depth: number): number {
  if (depth === MAX_DEPTH) return NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const inner of value) if (isCollection(inner)) count += keyCountOf(inner, depth + 1);
    return count;
  }
  const keys = Object.keys(value);
  for (const key of keys) {
    const inner = (value as JsonObject)[key];
    if (isCollection(inner)) count += keyCountOf(inner, depth + 1);
  }
  return count + keys.length;
}
