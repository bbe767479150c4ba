// The agency's emblem: an admin sends a picture, a second officer looks at it and confirms, and it stands at the head of
// both faces.
import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const press = (name) => `#settings button[name=step][value=${name}]`

function crc32(bytes) { // of PNG; node's own came with version 20
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

// A ring of gold with a red heart, on nothing.
function ring(width, height) {
  const pixels = Buffer.alloc(height * (1 + width * 4))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const far = Math.hypot((2 * x + 1) / width - 1, (2 * y + 1) / height - 1)
      const colour = far < 0.5 ? [0xc8, 0x10, 0x2e, 255] : far < 1 ? [0xf2, 0xb7, 0x05, 255] : [0, 0, 0, 0]
      pixels.set(colour, y * (1 + width * 4) + 1 + x * 4)
    }
  const chunk = (type, data) => {
    const out = Buffer.alloc(12 + data.length)
    out.writeUInt32BE(data.length, 0)
    out.write(type, 4, 'latin1')
    data.copy(out, 8)
    out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 6, 0, 0, 0], 8) // eight bits of red, green, blue and alpha
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

journey('an_admin_sends_the_emblem_and_a_second_officer_confirms_it', ['th_320_without_scripts', 'en_1280_with_scripts'],
  async (told) => {
    const { agency, settings } = told
    const visitor = await citizen(told)
    const admin = await officer(told, 'admin')
    const executive = await officer(told, 'executive')
    const send = async (name, buffer) => {
      await admin.at.open('/settings/emblem')
      await admin.page.setInputFiles('#emblem', { name, mimeType: 'image/png', buffer })
      return (await admin.at.press(press('propose'))).status()
    }
    await given('an admin who sends what is no emblem', async () => {
      await admin.at.open('/settings/emblem')
      await look(told, admin.page, 'the form of the emblem')
      assert.equal(await send('emblem.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')), 400)
      await look(told, admin.page, 'the form of the emblem, with a fault')
      assert.match(await admin.page.locator('#emblem-error').innerText(), /PNG/)
      assert.equal(await send('broken.png', ring(48, 48).subarray(0, 200)), 400)
      assert.equal(await send('photo.png', Buffer.alloc(3_000_000, 'x')), 400)
    })
    for (const [shape, width, height] of [['square', 256, 256], ['wide', 600, 120], ['tall', 120, 600]]) {
      await when(`a ${shape} picture is sent`, async () => {
        assert.equal(await send(`${shape}.png`, ring(width, height)), 200)
      })
      await then('a second officer sees it beside the one before and confirms it', async () => {
        await executive.at.open('/settings')
        const shown = executive.page.locator('ins + img, span:has(ins) + img').first()
        assert.equal(await shown.evaluate((one) => one.complete && one.naturalWidth), width)
        await look(told, executive.page, `the proposal of a ${shape} emblem`)
        assert.equal((await executive.at.press('#confirm button')).status(), 200)
      })
      await then('it stands at the head of both faces in a box of its own', async () => {
        await visitor.page.goto(`${agency.reporters}/?lang=${settings.language}`)
        for (const [person, where] of [[visitor, 'the channel page'], [executive, 'an officer’s page']]) {
          const emblem = person.page.locator('.app-header__emblem')
          assert.equal(await emblem.evaluate((one) => one.complete && one.naturalWidth), width)
          const box = await emblem.boundingBox()
          assert.ok(box.height <= 48 && box.width <= 96, `${box.width} by ${box.height}`)
          await look(told, person.page, `${where} with a ${shape} emblem`)
        }
      })
    }
    await then('the admin sees which one is in use', async () => {
      await admin.at.open('/settings/emblem')
      await look(told, admin.page, 'the form of the emblem, with one in use')
      assert.equal(await admin.page.locator(press('remove')).count(), 1)
    })
    for (const person of [admin, executive, visitor]) await person.leave()
  })
