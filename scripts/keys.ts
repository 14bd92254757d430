/** deno task keys: a new age key pair, in the form of age-keygen. */
import { main } from "./stack/failure.ts";
import { bold, dim, print, printError } from "./stack/print.ts";
import { makeAgeKeys } from "./stack/secrets.ts";

await main(async () => {
  const { text, recipient } = await makeAgeKeys();
  // The pair alone goes to standard output, so that it can be put into a file or a password manager.
  print(text.trimEnd());
  printError(`
${bold("The public key")} encrypts. The functions cannot make a backup without it:
  supabase secrets set BACKUP_AGE_RECIPIENTS=${recipient}

${
    bold("The secret key")
  } decrypts. Without it no archive can be read by anybody, ever: keep it where the database
cannot be lost together with it (a password manager, a safe). Give it to the functions only if they are to
restore, verify and offer downloads in clear:
  supabase secrets set BACKUP_AGE_IDENTITY=AGE-SECRET-KEY-…

${
    dim(
      "Both take several keys separated by blanks; to change keys, add the new one before the old one goes.",
    )
  }`);
});
