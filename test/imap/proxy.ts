import type { Socket } from "node:net";
import { connect, createServer } from "node:net";

/** What stands between mcrules and a server, counts what goes through, and can cut it. Clear text only. */
export interface Proxy {
  readonly port: number;
  /** The commands that the client sent since the last look: `UID FETCH 1:* (…)`. */
  commands(): readonly string[];
  /** The bytes that the server sent since the last look. */
  received(): number;
  /** Everything that went through, both ways. */
  readonly said: () => string;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Ends the connection after so many bytes of the server; the next connections go through. */
  readonly cutAfter?: number;
  /** Ends the connection when the client has sent such a command, before the server hears of it. */
  readonly cutAt?: RegExp;
  /** Ends the connection when the server answers so, before the client hears of it. */
  readonly cutOn?: RegExp;
  /** Lets no answer to such a command through, and goes on listening. */
  readonly silentAfter?: RegExp;
  /** Changes what the server says. */
  readonly rewrite?: (text: string) => string;
  /** Told of each command; what it does is done before the server hears of the command. */
  readonly before?: (command: string) => void;
}

export async function startProxy(target: number, options: ProxyOptions = {}): Promise<Proxy> {
  let commands: string[] = [];
  let received = 0;
  let said = "";
  let cuts = 1;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    let bytes = 0;
    let silent = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on("data", (data: Buffer) => {
      const text = data.toString("latin1");
      said += text;
      for (const line of text.split("\r\n")) {
        const command = /^[A-Za-z0-9]+ ([A-Z].*)$/.exec(line)?.[1];
        if (command === undefined) continue;
        commands.push(command);
        options.before?.(command);
        if (options.silentAfter?.test(command) === true) silent = true;
        if (options.cutAt?.test(command) === true && cuts > 0) {
          cuts -= 1;
          end();
          return;
        }
      }
      upstream.write(data);
    });
    upstream.on("data", (data: Buffer) => {
      if (silent) return;
      if (options.cutOn?.test(data.toString("latin1")) === true && cuts > 0) {
        cuts -= 1;
        end();
        return;
      }
      received += data.length;
      bytes += data.length;
      const passed =
        options.rewrite === undefined
          ? data
          : Buffer.from(options.rewrite(data.toString("latin1")), "latin1");
      said += passed.toString("latin1");
      client.write(passed);
      if (options.cutAfter !== undefined && cuts > 0 && bytes > options.cutAfter) {
        cuts -= 1;
        end();
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    commands: () => {
      const seen = commands;
      commands = [];
      return seen;
    },
    received: () => {
      const seen = received;
      received = 0;
      return seen;
    },
    said: () => said,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
