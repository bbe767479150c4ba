// An old register with its texts: looked at first, with a fault, then taken in.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const HEADER = 'register_no,channel,received,category,facts,subject_position\n'
const ROW = (number, day) => `${number},box,${day},bribery,"เรียกเงินค่าลงนาม, ครั้งที่ ${number}",เจ้าพนักงานพัสดุ\n`

journey('an_officer_takes_in_an_old_register', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, at, leave } = await officer(told, 'legal')
  const send = async (text) => {
    await at.open('/entry/register')
    await page.setInputFiles('#register', { name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    return (await at.press('#form-register button')).status()
  }
  await given('the form, reached from the one for a single complaint', async () => {
    await at.open('/entry')
    await at.press('main a[href^="/entry/register"]')
    await look(told, page, 'the form')
  })
  await when('a file with faults is sent, they stand there by line and column', async () => {
    assert.equal(await send(HEADER + ROW('12/2568', '31/2/2568') + ROW('13/2568', '1/11/2568').replace('bribery', 'gossip')), 400)
    await look(told, page, 'the faults')
    assert.equal(await page.locator('#faults tbody tr').count(), 2)
  })
  await when('a good one is sent, its rows are shown and taken in', async () => {
    assert.equal(await send(HEADER + ROW('12/2568', '1/11/2568') + ROW('13/2568', '2/11/2568')), 200)
    await look(told, page, 'the preview')
    assert.equal(await page.locator('#preview tbody tr').count(), 2)
    assert.equal((await at.press('#form-take button')).status(), 200)
    await look(told, page, 'what was taken in')
  })
  await then('they stand in the queue, each once', async () => {
    assert.equal((await at.queue()).length, 2)
    await send(HEADER + ROW('12/2568', '1/11/2568'))
    await at.press('#form-take button')
    assert.equal((await at.queue()).length, 2)
  })
  await leave()
})
