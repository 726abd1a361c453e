/** Where a key of an object or of a list begins. */
interface KeyPlace {
  readonly at: number;
  readonly line: number;
}

/** The end of a line, or a key of an object or of a list. Keys with an escape are no names of Terraform. */
const LINE_OR_KEY = /\n|"([^"\\\n]*)":(?=\s*[{[])/g;

/** The lines of the resources in a file. The text is scanned once, however many resources are looked up. */
export class ResourceLines {
  private places?: ReadonlyMap<string, readonly KeyPlace[]>;

  constructor(private readonly text: string) {}

  /** The line of a resource, or the first one. */
  public of(type: string, name: string): number {
    this.places ??= placesOfKeys(this.text);
    const ofType = this.places.get(type)?.[0];
    if (ofType === undefined) return 1;
    return this.places.get(name)?.find(({ at }) => at >= ofType.at)?.line ?? 1;
  }
}

function placesOfKeys(text: string): Map<string, KeyPlace[]> {
  const places = new Map<string, KeyPlace[]>();
  let line = 1;
  for (const { 1: key, index: at } of text.matchAll(LINE_OR_KEY)) {
    if (key === undefined) line++;
    else if (places.has(key)) places.get(key)!.push({ at, line });
    else places.set(key, [{ at, line }]);
  }
  return places;
}
