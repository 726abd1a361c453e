import * as http from "http";
import * as https from "https";
import { AddressInfo, createServer, Server, Socket } from "net";
import { Certificate, certificateFor } from "./certificate";

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const running: { server: Server; sockets: Set<Socket> }[] = [];
const trusted = certificateFor("localhost");

/** The authority of the servers' certificates. */
export const AUTHORITY = trusted.cert;

/** Lets this process trust the servers, and other certificates. */
export function trustServers(...more: Certificate[]): void {
  https.globalAgent.options.ca = [AUTHORITY, ...more.map(({ cert }) => cert)];
}

/** What a server does with each kind of connection. Without a handler of plain HTTP, it ends such a connection. */
export interface Serves {
  readonly https: Handler;
  readonly http?: Handler;
  readonly certificate?: Certificate;
}

/** Starts a server that takes TLS and plain HTTP at one port, and returns its address. */
export async function serve({ https: secure, http: plain, certificate = trusted }: Serves): Promise<string> {
  const inner = https.createServer(certificate, secure);
  const plainInner = plain && http.createServer(plain);
  inner.on("tlsClientError", () => undefined);
  return listen((socket) => {
    socket.once("data", (begin) => {
      socket.pause();
      socket.unshift(begin);
      // A TLS handshake begins with 22.
      const target = begin[0] === 22 ? inner : plainInner;
      if (target) target.emit("connection", socket);
      else socket.destroy();
      process.nextTick(() => socket.resume());
    });
  });
}

/** Starts a server that does something to each connection. */
export async function listen(connected: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    connected(socket);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  running.push({ server, sockets });
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

/** Stops all servers. */
export async function stopServers(): Promise<void> {
  const stopping = running.splice(0).map(({ server, sockets }) => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise((stopped) => server.close(stopped));
  });
  await Promise.all(stopping);
}

/** An address at which nobody listens. */
export async function nobody(): Promise<string> {
  const address = await listen(() => undefined);
  const { server } = running.pop()!;
  await new Promise((stopped) => server.close(stopped));
  return address;
}
