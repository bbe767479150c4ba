// A bad connection: passes bytes on to the program, untouched, until it is told to cut, or to hold the rest back.
import { connect, createServer } from 'node:net'

export async function badConnection(address) {
  const { port } = new URL(address)
  const open = new Set()
  let cuts = []
  let heldAt = Infinity
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  const server = createServer((browser) => {
    const program = connect(Number(port), '127.0.0.1')
    let sent = 0
    for (const socket of [browser, program]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    browser.on('close', () => program.destroy())
    program.on('close', () => browser.destroy())
    program.pipe(browser)
    browser.on('data', (bytes) => {
      sent += bytes.length
      if (sent >= cuts[0]) {
        cuts.shift()
        return cut()
      }
      if (sent >= heldAt) return // it goes nowhere; the browser believes it sent
      if (!program.write(bytes)) {
        browser.pause()
        program.once('drain', () => browser.resume())
      }
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `https://127.0.0.1:${server.address().port}`,
    // Once a browser has sent so many bytes over one connection; then once more for the next number.
    cutAfter(...bytes) { cuts = bytes },
    holdAfter(bytes) { heldAt = bytes },
    release() { heldAt = Infinity }, // for connections that are opened from now on
    async end() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
