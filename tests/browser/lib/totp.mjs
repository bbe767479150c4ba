// What a telephone shows: TOTP (RFC 6238) from node's own cryptography, written apart from the program's.
import { createHmac } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytesOf(base32) {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
}

// `later`: so many steps of 30 seconds from now; the server takes the next one, too.
export function code(secret, later = 0) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

// In Thai digits, as a Thai keyboard may type them.
export const inThai = (digits) => [...digits].map((digit) => String.fromCharCode(0x0e50 + Number(digit))).join('')
