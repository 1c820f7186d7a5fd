declare module 'qrcode-terminal' {
  const terminal: {
    generate(text: string, options: { small: boolean }, callback: (drawing: string) => void): void;
  };
  export default terminal;
}
