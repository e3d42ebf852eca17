// The module at work: in a worker, and on the page itself where workers are refused.
// startEngine(module) resolves to a function that
// takes a message and returns its answer.
globalThis.startEngine = async (module) => {
  const go = new Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  go.run(instance);
  return (message) => JSON.parse(globalThis.simulate(JSON.stringify(message)));
};
if (typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope) {
  let ready;
  onmessage = async ({ data }) => {
    if (data.module) {
      ready = startEngine(data.module).then((ask) => {
        const opened = ask(data.open);
        return opened.error ? () => opened : ask;
      });
      return;
    }
    try {
      postMessage({ id: data.id, answer: (await ready)(data.message) });
    } catch (e) {
      postMessage({ id: data.id, answer: { error: String(e) } });
    }
  };
}
