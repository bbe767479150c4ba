// Every page of the reporter face as it looks: width, zoom, weight, axe, keyboard.
import assert from 'node:assert/strict'
import { nextPage, screenshot } from '../lib/browser.mjs'
import { assertAccessible, assertNoSidewaysScrolling, assertReadable, look, weigh } from '../lib/layout.mjs'
import { citizen } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint, identity } from '../pages/reporter.mjs'

const CONTENT = ['/', '/manual', '/privacy', '/keys', '/statistics', '/report', '/track', '/nowhere']

// Shows each page of the face to `look`, faults and long texts included.
async function everyPage(page, reporter, look) {
  for (const path of CONTENT) {
    await reporter.open(path)
    await look(path)
  }
  await reporter.open('/report')
  await reporter.press(reporter.button('step', 'start'))
  await look('the question, unanswered')
  await page.check('input[name=about][value=no]')
  await reporter.press(reporter.button('step', 'start'))
  await look('the general channel')
  await reporter.startReport()
  await look('the form')
  await reporter.giveName({ email: 'no-at-sign' })
  await page.fill('#subject_unit', 'ก'.repeat(300))
  await reporter.check()
  await reporter.openIdentity()
  await look('the form with faults')
  await reporter.fill({ ...complaint, subject_name: 'ประเสริฐ งานดี', facts: 'ข้อความยาวไม่มีวรรค'.repeat(40) + ' ' + 'x'.repeat(300) })
  await reporter.giveName(identity)
  await reporter.acknowledge()
  await reporter.check()
  await look('the check step')
  await reporter.send()
  await look('the receipt')
  const receipt = await reporter.receipt()
  await reporter.track('1234')
  await look('tracking with a fault')
  await reporter.track(receipt)
  await look('the case')
  await reporter.write('')
  await look('the case with a fault')
  await reporter.write('เพิ่มเติม')
  await look('the case, written to')
}

journey('axe_finds_nothing_on_any_reporter_page', ['th_320_with_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await then('no page has a violation', () => everyPage(page, reporter, async (where) => {
    await assertAccessible(page, where)
    await assertReadable(page, where)
    await screenshot(page, told.name)
  }))
  await leave()
})

journey('no_reporter_page_scrolls_sideways', ['th_320_without_scripts', 'en_320_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await then('each page fits 320 px', () => everyPage(page, reporter, (where) => assertNoSidewaysScrolling(page, where)))
  await leave()
})

// 200 % zoom of a window of 640 px leaves 320 px; of 1280 px, 640 px: what is checked here.
journey('every_reporter_page_works_at_twice_the_size', ['th_1280_without_scripts'], async (told) => {
  told.settings = { ...told.settings, width: 640, scale: 2 }
  const { page, reporter, leave } = await citizen(told)
  await then('each page fits at 200 %', () => everyPage(page, reporter, (where) => assertNoSidewaysScrolling(page, where)))
  await leave()
})

journey('a_first_visit_weighs_at_most_100_kB', ['th_320_with_scripts', 'en_320_with_scripts'], async (told) => {
  const { page, context, reporter, leave } = await citizen(told)
  await then('the channel page with style, script and typeface stays below', async () => {
    const bytes = await weigh(context, page, () => reporter.open('/'))
    assert.ok(bytes > 10_000, 'nothing was counted')
    assert.ok(bytes <= 100_000, `${bytes} bytes`)
  })
  await leave()
})

journey('the_public_pages_say_what_they_must', ['th_320_without_scripts', 'en_1280_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const thai = told.settings.language === 'th'
  const text = async (path) => {
    assert.equal((await reporter.open(path)).status(), 200)
    return page.locator('main').innerText()
  }
  await then('the channel page begins with the warning about the agency\'s devices', async () => {
    const words = await text('/')
    const warning = thai ? 'อย่าใช้คอมพิวเตอร์ โทรศัพท์ หรือ Wi-Fi ของหน่วยงาน' : 'Do not use the agency’s computer, telephone or Wi-Fi'
    assert.ok(words.trimStart().startsWith(warning))
    for (const number of ['1205', '1206', '1567', '1676', '1111']) assert.ok(words.includes(number), `no ${number}`)
    if (thai) assert.ok(words.includes('แจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ'))
  })
  await then('the manual has its six elements', async () => {
    await text('/manual')
    assert.equal(await page.locator('main h2').count(), 6)
  })
  await then('the privacy page says what is promised and what is not', async () => {
    await text('/privacy')
    assert.ok(await page.locator('main h2').count() >= 2)
  })
  await then('the keys page shows everyone who may read', async () => {
    const words = await text('/keys')
    for (const name of ['นายสมชาย ใจมั่น', 'นางวิไล ศรีอำเภอ', 'นางสาวพิมพ์ใจ รักธรรม', 'นายประเสริฐ งานดี', 'นางอรุณี ตั้งตรง'])
      assert.ok(words.includes(name), `no key of ${name}`)
  })
  await then('no report is published yet', async () => {
    assert.ok((await text('/statistics')).includes(thai ? 'ยังไม่มีรายงานที่เผยแพร่' : 'No report'))
  })
  await leave()
})

journey('the_diagram_of_the_manual_can_be_read', ['th_320_with_scripts', 'en_320_with_scripts', 'th_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await reporter.open('/manual')
  await page.evaluate(() => document.fonts.ready)
  await then('its words are large enough, inside their frames, and on lines of their own', async () => {
    const faults = await page.evaluate(() => {
      const found = [], boxes = (part, name) => [...part.querySelectorAll(name)].map((shape) => [shape, shape.getBoundingClientRect()])
      for (const part of document.querySelectorAll('.app-picture svg')) {
        const edge = part.getBoundingClientRect(), texts = boxes(part, 'text'), frames = boxes(part, 'rect')
        const scale = edge.width / part.viewBox.baseVal.width
        const right = Math.max(...frames.map(([, frame]) => frame.right))
        for (const [text, at] of texts) {
          if (parseFloat(getComputedStyle(text).fontSize) * scale < 18) found.push(`too small: ${text.textContent}`)
          if (at.left < edge.left || at.right > right) found.push(`sticks out: ${text.textContent}`)
          const middle = (at.top + at.bottom) / 2
          const around = frames.filter(([, frame]) => frame.top < middle && middle < frame.bottom)
          if (around.some(([, frame]) => at.left < frame.left || at.right > frame.right)) found.push(`over its frame: ${text.textContent}`)
          const below = texts.filter(([other]) => Math.abs(other.y.baseVal[0].value - text.y.baseVal[0].value) < 1.5 * 18)
          if (below.length !== 1) found.push(`over each other: ${text.textContent}`)
        }
      }
      return found
    })
    assert.deepEqual(faults, [])
    assert.ok(await page.locator('.app-picture text').count() > 50)
  })
  await then('nothing of its tables lies outside the screen', async () => {
    assert.equal(await page.$$eval('.app-scroll', (tables) => tables.filter((one) => one.scrollWidth > one.clientWidth).length), 0)
  })
  await look(told, page, 'the manual')
  await leave()
})

journey('a_whole_report_can_be_filed_with_the_keyboard_alone', ['th_320_with_scripts', 'en_1280_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const focused = () => page.evaluate(() => {
    const { id, name, value, tagName, pathname } = document.activeElement
    return { id, name, value, tagName, href: pathname }
  })
  // Tab until the wanted element has the focus.
  const tabTo = async (what, wanted) => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab')
      const at = await focused()
      if (wanted(at)) return
    }
    throw new Error(`${what} is not reached with Tab`)
  }
  const enter = () => nextPage(page, () => page.keyboard.press('Enter'))
  const write = async (id, words) => {
    await tabTo(id, (at) => at.id === id)
    await page.keyboard.insertText(words)
  }
  await given('the channel page, whose first stop skips to the content', async () => {
    await reporter.open('/')
    await page.keyboard.press('Tab')
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /#main$/)
  })
  await when('the question is answered and the form filled without a mouse', async () => {
    await tabTo('start', (at) => at.tagName === 'A' && at.href === '/report')
    await enter()
    await tabTo('the question', (at) => at.name === 'about')
    await page.keyboard.press('Space')
    await tabTo('continue', (at) => at.name === 'step' && at.value === 'start')
    await enter()
    await tabTo('the category', (at) => at.name === 'category')
    await page.keyboard.press('Space')
    await write('subject_name', complaint.subject_name)
    await write('facts', 'เล่าด้วยแป้นพิมพ์')
    await tabTo('the statement', (at) => at.id === 'acknowledge')
    await page.keyboard.press('Space')
    await tabTo('check', (at) => at.name === 'step' && at.value === 'check')
    await enter()
    await tabTo('send', (at) => at.name === 'step' && at.value === 'file')
    await enter()
  })
  await then('it is filed', () => reporter.receipt())
  await leave()
})

journey('enter_in_a_field_means_continue_and_not_the_language', ['en_1280_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await given('a filled form', async () => {
    await reporter.startReport()
    await reporter.fill(complaint)
    await reporter.acknowledge()
  })
  await when('Enter is pressed in a field', async () => {
    await nextPage(page, () => page.locator('#where').press('Enter'))
  })
  await then('the check step comes, in the same language', async () => {
    await page.locator(reporter.button('step', 'file')).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  })
  await leave()
})
