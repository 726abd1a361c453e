import { spawnSync } from "child_process";
import { bytesOfFile } from "../input";
import { Diagnosis, diagnosis } from "./diagnosis";
import { Environment, VerifyValues } from "./options";

/** Where a secret comes from: `--NAME-command`, `--NAME-file` or an environment variable, and never an argument. */
export interface SecretSource {
  readonly name: "token" | "other-audience-token" | "key" | "caller-token";
  readonly variable: string;
}

export const UNLISTED_TOKEN: SecretSource = { name: "token", variable: "VERIFY_TOKEN" };
export const OTHER_AUDIENCE_TOKEN: SecretSource = {
  name: "other-audience-token",
  variable: "VERIFY_OTHER_AUDIENCE_TOKEN",
};
export const SUBSCRIPTION_KEY: SecretSource = { name: "key", variable: "VERIFY_SUBSCRIPTION_KEY" };
export const CALLER_TOKEN: SecretSource = { name: "caller-token", variable: "VERIFY_CALLER_TOKEN" };

/** A secret, or why there is none. */
export type Secret = { readonly value: string } | { readonly missing: Diagnosis };

const COMMAND_TIMEOUT_MS = 60_000;

/** The longest secret that fits in a header of Node.js and of App Service. */
const LONGEST = 14 * 1024;

/** More than the longest secret with white space around it. */
const MAX_FILE_BYTES = 64 * 1024;

/** Reads secrets, each once. Nothing that a command or a file holds is ever shown. */
export class Secrets {
  private readonly read = new Map<string, Secret>();

  constructor(
    private readonly values: VerifyValues,
    private readonly environment: Environment,
  ) {}

  /** Whether somebody says where it comes from. */
  public has({ name, variable }: SecretSource): boolean {
    return [this.values[`${name}-command`], this.values[`${name}-file`], this.environment[variable]].some(Boolean);
  }

  /** A secret. Its command finds the audience of the backend in the variable `AUDIENCE`. */
  public of(source: SecretSource, audience = ""): Secret {
    const key = `${source.variable} ${audience}`;
    const secret = this.read.get(key) ?? this.fetch(source, audience);
    this.read.set(key, secret);
    return secret;
  }

  private fetch({ name, variable }: SecretSource, audience: string): Secret {
    const { [`${name}-command` as const]: commandLine, [`${name}-file` as const]: path } = this.values;
    if (commandLine !== undefined) return this.run(`${name}-command`, commandLine, audience);
    if (path !== undefined) return fromFile(`${name}-file`, path);
    const value = this.environment[variable];
    if (value) return checked(variable, value);
    return {
      missing: diagnosis(
        "secret-not-given",
        `There is no --${name}-command, no --${name}-file and no ${variable}.`,
        "Write one of them. Never write a token or a key on the command line.",
      ),
    };
  }

  private run(option: string, commandLine: string, audience: string): Secret {
    const { status, stdout } = spawnSync(commandLine, {
      shell: true,
      encoding: "utf8",
      env: { ...this.environment, AUDIENCE: audience },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: COMMAND_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    if (status === 0) return checked(`--${option}`, stdout);
    return {
      missing: diagnosis(
        "secret-command-failed",
        `The command of --${option} ends with ${status === null ? "no exit code" : `exit code ${status}`}.`,
        "Run it yourself to see why. If Entra ID issues no token to this identity, that is right, but the list of the app remains unseen.",
      ),
    };
  }
}

function fromFile(option: string, path: string): Secret {
  try {
    return checked(`--${option}`, bytesOfFile(path, MAX_FILE_BYTES).toString("utf8"));
  } catch (error) {
    const { message: reason } = error as Error;
    return {
      missing: diagnosis(
        "secret-file-unreadable",
        `The file of --${option} cannot be read: ${reason}.`,
        "Write the path of a file that holds the secret and nothing else.",
      ),
    };
  }
}

function checked(source: string, text: string): Secret {
  const value = text.trim().replace(/^Bearer\s+/i, "");
  if (/^[\x21-\x7e]+$/.test(value) && value.length <= LONGEST) return { value };
  return {
    missing: diagnosis(
      "secret-unusable",
      `What ${source} gives is not one word that fits in a header.`,
      "Give the token or the key alone, without quotes, JSON or other lines.",
    ),
  };
}
