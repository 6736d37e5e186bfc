import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Pigeonhole's sieve-filter over a Maildir, dry, run as an ordinary user. */
export interface SieveFilter {
  /** Compiles a script, which `run` then takes by its name. */
  compile(name: string, script: string): void;
  /** Runs a script over all mails. With `counted` it gives how many of them it would discard, else nothing is read of what it says. */
  run(name: string, counted: boolean): Promise<number>;
}

/** The ordinary user, where the benchmark itself is run by root. */
const ordinary = { name: "nobody", group: "nogroup" };

/**
 * Sets up sieve-filter over these mails in a folder of its own, with a configuration of its own; where it is not
 * installed, it is first. Undefined, with a line that says why, where it cannot be had.
 */
export function openSieveFilter(
  folder: string,
  mails: readonly Uint8Array[],
): SieveFilter | undefined {
  if (!installed()) return undefined;
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? ordinary.name : (process.env["USER"] ?? String(process.getuid?.()));
  for (const part of ["cur", "new", "tmp"]) {
    mkdirSync(join(folder, "Maildir", part), { recursive: true });
  }
  for (const part of ["home", "run", "scripts"]) mkdirSync(join(folder, part));
  for (const [number, mail] of mails.entries()) {
    writeFileSync(
      join(folder, "Maildir/cur", `${1_700_000_000 + number}.M${number}.host:2,S`),
      mail,
    );
  }
  const configuration = join(folder, "dovecot.conf");
  const defaults = ["default_internal_user", "default_login_user"].map(
    (name) => `${name} = ${user}`,
  );
  writeFileSync(
    configuration,
    [
      `base_dir = ${folder}/run`,
      `state_dir = ${folder}/run`,
      `log_path = ${folder}/run/log`,
      `mail_location = maildir:${folder}/Maildir`,
      `mail_home = ${folder}/home`,
      "first_valid_uid = 0",
      "ssl = no",
      ...defaults,
      ...(asRoot ? [`default_internal_group = ${ordinary.group}`] : []),
      "",
    ].join("\n"),
  );
  if (asRoot) {
    chmodSync(folder, 0o755);
    spawnSync("chown", ["-R", `${ordinary.name}:${ordinary.group}`, folder]);
  }
  const environment = { ...process.env, HOME: join(folder, "home"), USER: user };
  const command = (program: string, ...parameters: string[]): [string, string[]] => {
    const own = ["-c", configuration, ...parameters];
    return asRoot ? ["runuser", ["-u", user, "--", program, ...own]] : [program, own];
  };
  const script = (name: string) => join(folder, "scripts", `${name}.sieve`);

  return {
    compile(name, text) {
      writeFileSync(script(name), text);
      const [program, parameters] = command("sievec", script(name));
      const { status, stderr } = spawnSync(program, parameters, {
        env: environment,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`sievec refused the rules: ${stderr}`);
    },
    run(name, counted) {
      const [program, parameters] = command("sieve-filter", script(name), "INBOX");
      return new Promise((resolve, reject) => {
        const child = spawn(program, parameters, {
          env: environment,
          stdio: ["ignore", counted ? "pipe" : "ignore", "ignore"],
        });
        const output: Buffer[] = [];
        child.stdout?.on("data", (data: Buffer) => output.push(data));
        child.on("error", reject);
        child.on("close", (code) => {
          const text = Buffer.concat(output).toString("latin1");
          if (code === 0) resolve(text.split("* discard").length - 1);
          else reject(new Error(`sieve-filter ended with ${code}.`));
        });
      });
    },
  };
}

function installed(): boolean {
  const there = () => existsSync("/usr/bin/sieve-filter");
  if (there()) return true;
  const packages = ["install", "-y", "--no-install-recommends", "dovecot-core", "dovecot-sieve"];
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const parameters of [packages, ["update"], packages]) {
    if (there()) break;
    spawnSync("apt-get", parameters, { env: environment, stdio: "ignore" });
  }
  if (!there())
    console.log("sieve-filter is not there and could not be installed: no ratios to it.");
  return there();
}
