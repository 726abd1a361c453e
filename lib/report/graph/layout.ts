import { pathToFileURL } from "url";
import { Worker } from "worker_threads";

/** Where Graphviz puts things, in pixels from the top left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The centers of the boxes. */
  readonly boxes: readonly Point[];
  /** In the order of their subgraphs. */
  readonly frames: readonly Rectangle[];
  readonly arrows: readonly Route[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** A line of Bézier curves, the tip of its arrow, and the center of its text. */
export interface Route {
  readonly curve: readonly Point[];
  readonly tip: Point;
  readonly label: Point;
}

/**
 * Graphviz is an ES module, this package is CommonJS, and Node.js 20 cannot `require` the one from the other. TypeScript would turn an
 * `import()` here into `require`. So a worker imports it, whose code TypeScript does not see. A worker can also be ended, if a picture
 * takes too long, and works where a test runner has modules of its own.
 */
const WORKER = `
const { parentPort, workerData } = require("worker_threads");
import(workerData.graphviz).then(async ({ Graphviz }) => {
  const graphviz = await Graphviz.load();
  for (const dot of workerData.dots) parentPort.postMessage(graphviz.layout(dot, "json0", "dot"));
});`;

/** A picture of 40 boxes takes less than a second. */
const LONGEST = 120_000;

/** The layouts of graphs that `dotOf` wrote. Throws if Graphviz cannot lay one out. */
export async function layoutsOf(dots: readonly string[]): Promise<readonly Layout[]> {
  const graphviz = pathToFileURL(require.resolve("@hpcc-js/wasm-graphviz")).href;
  const worker = new Worker(WORKER, { eval: true, workerData: { graphviz, dots } });
  try {
    return await new Promise((resolve, reject) => {
      const layouts: Layout[] = [];
      const timer = setTimeout(() => reject(new Error("Graphviz takes too long.")), LONGEST);
      const ended = (end: () => void): void => (clearTimeout(timer), end());
      worker.on("message", (json: string) => layouts.push(layoutOf(JSON.parse(json))));
      worker.on("error", (error) => ended(() => reject(error)));
      worker.on("exit", () => ended(() => resolve(layouts)));
    });
  } finally {
    await worker.terminate();
  }
}

/** The JSON of Graphviz, as far as it is read. Its origin is at the bottom left. */
interface GraphvizJson {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly bb?: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp: string }[];
}

function layoutOf({ bb, objects = [], edges = [] }: GraphvizJson): Layout {
  const [, , width, height] = bb.split(",").map(Number);
  const named = (prefix: string): { bb?: string; pos?: string }[] => {
    const place = ({ name }: { name: string }): number => Number(name.slice(prefix.length));
    return objects.filter(({ name }) => name.startsWith(prefix)).sort((one, other) => place(one) - place(other));
  };
  return {
    width,
    height,
    boxes: named("n").map(({ pos }) => point(pos!)),
    frames: named("cluster_").map((cluster) => {
      const [left, bottom, right, top] = cluster.bb!.split(",").map(Number);
      return { x: left, y: height - top, width: right - left, height: top - bottom };
    }),
    arrows: [...edges]
      .sort((one, other) => Number(one.id) - Number(other.id))
      .map(({ pos, lp }) => {
        const [end, ...curve] = pos.split(" ");
        return { curve: curve.map(point), tip: point(end.replace(/^e,/, "")), label: point(lp) };
      }),
  };

  function point(text: string): Point {
    const [x, y] = text.split(",").map(Number);
    return { x, y: height - y };
  }
}
