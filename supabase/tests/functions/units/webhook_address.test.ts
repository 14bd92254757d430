import assert from "node:assert/strict";
import { addressObjection } from "../../../functions/backup-worker/notify/webhook_address.ts";

const objection = (url: string, options: { allowedHosts?: string[]; addresses?: string[] } = {}) =>
  addressObjection(
    { url: new URL(url), allowedHosts: options.allowedHosts ?? [] },
    () => Promise.resolve(options.addresses ?? ["8.8.8.8"]),
  );

const refused = [
  "http://127.0.0.1/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://017700000001/",
  "http://0.0.0.0/",
  "http://10.1.2.3/",
  "http://172.16.0.1/",
  "http://192.168.0.1/",
  "http://169.254.169.254/latest/meta-data",
  "http://100.64.0.1/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://240.0.0.1/",
  "http://[::1]/",
  "http://[::]/",
  "http://[fe80::1]/",
  "http://[fd12:3456::1]/",
  "http://[ff02::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[::127.0.0.1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[2002:7f00:1::]/",
  "http://[fec0::1]/",
  "http://[2001:db8::1]/",
];

Deno.test("webhook: an address that is not public is refused, however it is written", async () => {
  for (const url of refused) assert.match(await objection(url) ?? "", /not a public address/, url);
});

Deno.test("webhook: a public address is not", async () => {
  for (const url of ["https://8.8.8.8/", "http://[2606:4700::1111]:8080/", "https://hooks.example/"]) {
    assert.equal(await objection(url), null, url);
  }
});

Deno.test("webhook: a name is what it leads to, all of it", async () => {
  const leadsTo = (...addresses: string[]) => objection("https://hooks.example/", { addresses });
  assert.match(await leadsTo("127.0.0.1") ?? "", /hooks\.example/);
  assert.match(await leadsTo("8.8.8.8", "10.0.0.1") ?? "", /not a public/);
  assert.match(await leadsTo("8.8.8.8", "::1") ?? "", /not a public/);
  assert.match(await leadsTo("::ffff:192.168.1.1") ?? "", /not a public/);
  assert.match(await leadsTo() ?? "", /not a public/);
  assert.equal(await leadsTo("8.8.8.8", "2606:4700::1111"), null);
});

Deno.test("webhook: names of this machine, as the system knows them", async () => {
  for (const name of ["localhost", "LOCALHOST", "ⓛocalhost"]) {
    const said = await addressObjection({ url: new URL(`http://${name}/`), allowedHosts: [] });
    assert.match(said ?? "", /not a public address/, name);
  }
});

Deno.test("webhook: a private host may be allowed, by itself or with its port", async () => {
  const to = (url: string, ...allowedHosts: string[]) =>
    objection(url, { allowedHosts, addresses: ["10.0.0.1"] });
  assert.equal(await to("http://10.0.0.1:8080/", "10.0.0.1"), null);
  assert.equal(await to("http://10.0.0.1:8080/", "10.0.0.1:8080"), null);
  assert.equal(await to("https://Intranet.example/", "intranet.example:443"), null);
  assert.equal(await to("http://[::1]:9/", "[::1]:9"), null);
  assert.notEqual(await to("http://10.0.0.1:8081/", "10.0.0.1:8080"), null);
  assert.notEqual(await to("http://intranet.example/", "intranet.example:443"), null);
  assert.notEqual(await to("http://other.intranet.example/", "intranet.example"), null);
});
