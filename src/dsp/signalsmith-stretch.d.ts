declare module 'signalsmith-stretch' {
  /** Outside an audio worklet a function that makes audio nodes: of no use here. */
  const createNode: unknown;
  export default createNode;
}
