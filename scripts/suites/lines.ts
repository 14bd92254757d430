/** Runs a program, hands over each line that it writes (to either stream), and returns its exit code. */
export async function eachLine(
  program: string,
  options: { args: string[]; env: Record<string, string>; cwd: string; signal?: AbortSignal },
  hear: (line: string) => void,
): Promise<number> {
  const child = new Deno.Command(program, { ...options, stdin: "null", stdout: "piped", stderr: "piped" })
    .spawn();
  await Promise.all([listen(child.stdout, hear), listen(child.stderr, hear)]);
  return (await child.status).code;
}

async function listen(stream: ReadableStream<Uint8Array>, hear: (line: string) => void): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    lines.forEach(hear);
  }
  if (rest) hear(rest);
}
