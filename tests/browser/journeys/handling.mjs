// From the filing to the closing: a citizen, the legal officer, the clerk, and everyone who must see nothing.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { nextPage, screenshot } from '../lib/browser.mjs'
import { assertAccessible, assertNoSidewaysScrolling } from '../lib/layout.mjs'
import { citizen, closeTheOnlyCase, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { ALLEGATIONS, NOTICE } from '../pages/officer.mjs'
import { complaint, identity } from '../pages/reporter.mjs'

const SCAN = { name: 'scan.png', mimeType: 'image/png', buffer: readFileSync(new URL('../../data/files/picture.png', import.meta.url)) }
const NOWHERE = '/cases/0123456789abcdef0123456789abcdef'
const HEAD = 'นายประเสริฐ งานดี', LEGAL = 'นางสาวพิมพ์ใจ รักธรรม', CLERK = 'นางอรุณี ตั้งตรง'

// What a page says, without what changes from one answer to the next.
async function wordsOf(page) {
  return (await page.locator('body').innerText()).trim()
}

journey('a_case_goes_from_filing_to_closing_and_the_citizen_sees_it', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const receipt = await given('a report with a name', () => reporter.file(complaint, { named: identity }))
  const told_at = []
  const tracked = async () => {
    await reporter.track(receipt)
    told_at.push(await reporter.state())
  }
  await tracked()
  const legal = await officer(told, 'legal')
  await when('the legal officer opens it', async () => {
    await legal.at.onlyCase()
    const words = await wordsOf(legal.page)
    for (const value of ['subject_name', 'where', 'witnesses', 'wish']) assert.ok(words.includes(complaint[value]), `no ${value}`)
    assert.ok(!words.includes(identity.name), 'the identity is shown with the case')
    assert.deepEqual((await legal.at.offers()).sort(), ['duplicate', 'files', 'general_grievance', 'register', 'reply', 'set_aside', 'title', 'withdraw'])
    await screenshot(legal.page, told.name)
  })
  await when('registers it, asks the citizen something, and screens it', async () => {
    assert.equal((await legal.at.register()).status(), 200)
    assert.match(await wordsOf(legal.page), /1\/\d{4}/, 'no register number')
    await tracked()
    await legal.at.reply('ขอทราบวันที่เกิดเหตุ')
    await legal.at.screen()
    await tracked()
  })
  await then('the citizen reads the question and answers', async () => {
    assert.deepEqual(await reporter.messages(), ['ขอทราบวันที่เกิดเหตุ'])
    await reporter.write('ประมาณกลางเดือนมกราคม')
    await screenshot(page, told.name)
  })
  await when('the legal officer reads the answer and puts the case before the clerk', async () => {
    await legal.at.onlyCase()
    assert.ok((await wordsOf(legal.page)).includes('ประมาณกลางเดือนมกราคม'))
    await legal.at.propose()
    assert.ok(!(await legal.at.offers()).includes('close'), 'who screened it may order')
    await tracked()
    await legal.leave()
  })
  const clerk = await officer(told, 'clerk')
  await when('the clerk reads it all and closes it with an outcome for each allegation', async () => {
    await clerk.at.onlyCase()
    const words = await wordsOf(clerk.page)
    for (const text of [...ALLEGATIONS, complaint.where, 'ประมาณกลางเดือนมกราคม']) assert.ok(words.includes(text), `no ${text}`)
    await screenshot(clerk.page, told.name)
    await clerk.at.close()
    await screenshot(clerk.page, told.name)
    await clerk.at.open('/queue')
    assert.deepEqual(await clerk.at.totals(), { total: 1, inProgress: 0, finished: 1 })
    await clerk.leave()
  })
  await then('the citizen sees that it is closed, and the notice', async () => {
    await tracked()
    assert.deepEqual(await reporter.messages(), ['ขอทราบวันที่เกิดเหตุ', NOTICE])
    await screenshot(page, told.name)
  })
  await then('each step was told in words of its own or stayed the same, never blank', async () => {
    assert.ok(told_at.every((words) => words.trim() !== ''))
    assert.notEqual(told_at.at(-1), told_at[0])
  })
  await leave()
})

// The day on which the program stands, as an officer writes it: Bangkok is UTC+7 without summer time.
function today() {
  const day = new Date(Date.now() + 7 * 3600 * 1000)
  return `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear() + 543}`
}

journey('an_order_on_paper_is_entered_by_one_and_confirmed_by_another', ['th_320_with_scripts', 'en_1280_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const receipt = await given('a report', () => reporter.file())
  const legal = await officer(told, 'legal')
  // axe is a script of the page: where scripts are off it never answers.
  const accessible = async (shown, where) => { if (told.settings.scripts) await assertAccessible(shown, where) }
  let before
  await given('it was put before the superiors', async () => {
    await legal.at.onlyCase()
    await legal.at.register()
    await legal.at.screen()
    await legal.at.propose()
    await reporter.track(receipt)
    before = await reporter.state()
  })
  await when('the legal officer enters what the clerk signed, a faulty date first', async () => {
    assert.equal((await legal.at.enterPaper(CLERK, '31/2/2569')).status(), 400)
    assert.equal(await legal.page.locator('#paper_close-order_date-error').count(), 1)
    assert.equal(await legal.page.inputValue('#paper_close-order_date'), '31/2/2569')
    await accessible(legal.page, 'the form of a paper order with a fault')
    await assertNoSidewaysScrolling(legal.page, 'the form of a paper order')
    await screenshot(legal.page, told.name)
    assert.equal((await legal.at.enterPaper(CLERK, today())).status(), 200)
    assert.ok(!(await legal.at.offers()).includes('confirm_paper'), 'who entered it may confirm it')
    assert.equal(await legal.page.locator('#attach-paper').count(), 1, 'nobody is asked for the scan')
  })
  const head = await officer(told, 'head')
  await then('without a scan nothing is to be ticked, and one of their own does not help who compares', async () => {
    await head.at.onlyCase()
    assert.equal(await head.page.locator('#confirm_paper-compared').count(), 0)
    assert.equal((await head.at.attach(SCAN, 'signed_paper')).status(), 200)
    assert.equal(await head.page.locator('#scans .app-notice--warning').count(), 1)
    assert.equal(await head.page.locator('#confirm_paper-compared').count(), 0)
    await accessible(head.page, 'a paper order that waits for a scan')
    await screenshot(head.page, told.name)
  })
  await when('the legal officer attaches it', async () => {
    assert.equal((await legal.at.attach(SCAN, 'signed_paper')).status(), 200)
    assert.equal(await legal.page.locator('#attach-paper').count(), 0)
    await screenshot(legal.page, told.name)
  })
  await then('the citizen is told nothing new, and the clerk who signed cannot confirm', async () => {
    await reporter.track(receipt)
    assert.equal(await reporter.state(), before)
    assert.deepEqual(await reporter.messages(), [])
    const clerk = await officer(told, 'clerk')
    await clerk.at.onlyCase()
    assert.ok(!(await clerk.at.offers()).includes('confirm_paper'))
    await clerk.leave()
  })
  await when('the head of office compares it with the paper and confirms', async () => {
    await head.at.onlyCase()
    await accessible(head.page, 'the confirmation of a paper order')
    assert.ok((await head.page.locator('#scans').innerText()).includes('scan.png'))
    await screenshot(head.page, told.name)
    await nextPage(head.page, () => head.page.click('#scans a')) // with its picture
    assert.ok(await head.page.locator('img.app-file-shown').evaluate((image) => image.complete && image.naturalWidth > 0), 'the scan is not shown')
    await accessible(head.page, 'the page of a file')
    await assertNoSidewaysScrolling(head.page, 'the page of a file')
    await screenshot(head.page, told.name)
    await head.page.goBack()
    await screenshot(head.page, told.name)
    assert.equal((await head.at.confirmPaper()).status(), 200)
    const history = await head.page.locator('#history').innerText()
    for (const name of [LEGAL, CLERK, HEAD]) assert.ok(history.includes(name), `the history does not name ${name}`)
    await screenshot(head.page, told.name)
  })
  await then('the citizen sees it closed, and the notice', async () => {
    await reporter.track(receipt)
    assert.notEqual(await reporter.state(), before)
    assert.deepEqual(await reporter.messages(), [NOTICE])
    await screenshot(page, told.name)
  })
  for (const person of [legal, head]) await person.leave()
  await leave()
})

journey('an_excluded_officer_finds_nothing', ['th_1280_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  let hidden
  await given('a report that the head of office must not read, closed meanwhile', async () => {
    await reporter.file(complaint, { excluded: [HEAD] })
    const legal = await officer(told, 'legal')
    hidden = await legal.at.onlyCase()
    await legal.leave()
    await closeTheOnlyCase(told)
  })
  await given('an ordinary report, registered after it', async () => {
    await reporter.file({ ...complaint, subject_name: 'นายอีกคน ทดสอบ' })
    const legal = await officer(told, 'legal')
    const rows = await legal.at.queue()
    await legal.at.open(rows.find(({ path }) => path !== hidden).path)
    await legal.at.register()
    await legal.leave()
  })
  const head = await officer(told, 'head')
  await then('the excluded officer sees one case, the first of its register', async () => {
    const rows = await head.at.queue()
    assert.deepEqual(rows.map(({ path }) => path === hidden), [false])
    assert.match(rows[0].number, /^1\/\d{4}$|^\D*1\/\d{4}$/, `a gap in the register: ${rows[0].number}`)
    assert.deepEqual(await head.at.totals(), { total: 1, inProgress: 1, finished: 0 })
    await screenshot(head.page, told.name)
  })
  await then('its address is a 404 like that of a case that never was', async () => {
    const pages = []
    for (const path of [hidden, NOWHERE, `${hidden}/register`, `${NOWHERE}/register`]) {
      assert.equal((await head.at.open(path)).status(), 404)
      pages.push((await head.page.content()).replaceAll(path, ''))
    }
    assert.equal(pages[0], pages[1])
    assert.equal(pages[2], pages[3])
  })
  await head.leave()
  const legal = await officer(told, 'legal')
  await then('those who may read it see it in a series of its own', async () => {
    const numbers = (await legal.at.queue()).map(({ number }) => number)
    assert.equal(numbers.length, 2)
    assert.equal(new Set(numbers).size, 2, `the same number twice: ${numbers}`)
  })
  await legal.leave()
  await leave()
})

journey('without_the_legal_officer_the_case_goes_up_the_line', ['th_1280_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await given('a report that the legal officer must not read', () => reporter.file(complaint, { excluded: [LEGAL] }))
  const legal = await officer(told, 'legal')
  await then('the legal officer has an empty queue', async () => assert.deepEqual(await legal.at.queue(), []))
  await legal.leave()
  const head = await officer(told, 'head')
  await then('the next in line may register it', async () => {
    await head.at.onlyCase()
    assert.ok((await head.at.offers()).includes('register'))
    assert.equal((await head.at.register()).status(), 200)
  })
  await head.leave()
  await leave()
})

journey('admin_and_auditor_see_no_case_anywhere', ['th_1280_without_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await reporter.file()
  const legal = await officer(told, 'legal')
  const path = await given('a case', () => legal.at.onlyCase())
  await legal.leave()
  for (const login of ['admin', 'auditor']) {
    const person = await officer(told, login)
    await then(`the ${login} finds neither row, count, nor page`, async () => {
      await person.at.open('/queue')
      assert.equal(await person.page.locator('#queue, #total, a[href^="/cases/"]').count(), 0)
      assert.equal((await person.at.open(path)).status(), 404)
      const direct = await person.page.content()
      assert.equal((await person.at.open(NOWHERE)).status(), 404)
      assert.equal((await person.page.content()).replaceAll(NOWHERE, ''), direct.replaceAll(path, ''))
      await screenshot(person.page, told.name)
    })
    await person.leave()
  }
  await leave()
})

journey('an_officers_mistakes_are_named_and_everything_is_kept', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await reporter.file()
  const legal = await officer(told, 'legal')
  await legal.at.onlyCase()
  await then('registering without a category is refused beside the field', async () => {
    assert.equal((await legal.at.submit('register')).status(), 400)
    assert.equal(await legal.page.locator('#register-category-error').count(), 1)
    const link = legal.page.locator('.govuk-error-summary a')
    assert.equal(await link.getAttribute('href'), '#register-category')
  })
  await then('a half-filled screening form keeps what was typed', async () => {
    await legal.at.register()
    await legal.at.screen()
    await legal.page.fill('#form-propose [name=allegations]', 'ข้อหนึ่ง\nข้อสอง')
    await legal.at.choose('propose', 'in_court', 'yes')
    assert.equal((await legal.at.submit('propose')).status(), 400)
    assert.equal(await legal.page.inputValue('#form-propose [name=allegations]'), 'ข้อหนึ่ง\nข้อสอง')
    assert.equal(await legal.page.locator('#form-propose input[name=in_court][value=yes]').isChecked(), true)
    await screenshot(legal.page, told.name)
  })
  await legal.leave()
  await leave()
})

journey('a_case_that_moved_on_meanwhile_keeps_what_was_typed', ['en_1280_without_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await reporter.file()
  const first = await officer(told, 'legal'), second = await officer(told, 'legal')
  await given('the same case open in two windows', async () => {
    await first.at.onlyCase()
    await second.at.onlyCase()
  })
  await when('one registers it', () => first.at.register())
  await then('the other is told, and nothing is done twice', async () => {
    const response = await second.at.register()
    assert.equal(response.status(), 409)
    assert.ok(!(await second.at.offers()).includes('register'))
    await first.at.open('/queue')
    assert.match((await first.at.queue())[0].number, /1\/\d{4}$/)
  })
  await first.leave()
  await second.leave()
  await leave()
})

journey('only_the_right_passphrase_signs_in_and_signing_out_ends_it', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, context, at, leave } = await officer(told)
  const words = []
  await then('a wrong passphrase and an unknown login say the same', async () => {
    const legal = told.agency.people.legal
    for (const attempt of [{ ...legal, passphrase: 'babab-babab-babab-babab-babab' }, { login: 'nobody', passphrase: legal.passphrase }]) {
      assert.equal((await at.signIn(attempt)).status(), 403)
      assert.equal(await page.inputValue('#login'), attempt.login)
      assert.equal(await page.inputValue('#passphrase'), '', 'a passphrase came back in the page')
      words.push(await page.locator('.govuk-error-summary').innerText())
    }
    assert.equal(words[0], words[1])
    assert.deepEqual((await context.cookies()).map(({ name }) => name), ['__Host-sucharit-door'])
  })
  await when('the right one is given', async () => {
    assert.equal((await at.signIn(told.agency.people.legal)).status(), 200)
    assert.equal(new URL(page.url()).pathname, '/queue')
  })
  await then('one cookie holds the session, one is the sign-in form\'s, one says the browser is known, all out of reach of scripts and other sites', async () => {
    const cookies = (await context.cookies()).sort((a, b) => a.name.length - b.name.length)
    const guarded = { httpOnly: true, secure: true, sameSite: 'Strict', path: '/' }
    assert.deepEqual(cookies.map(({ name, httpOnly, secure, sameSite, path }) => ({ name, httpOnly, secure, sameSite, path })),
      ['', '-door', '-known'].map((end) => ({ name: `__Host-sucharit${end}`, ...guarded })))
    assert.deepEqual(cookies.map(({ expires }) => expires === -1), [true, true, false], 'the session lasts as long as the window')
  })
  await then('signing out ends it, also for somebody who kept the cookie', async () => {
    const kept = await context.cookies()
    await at.signOut()
    assert.deepEqual((await context.cookies()).map(({ name }) => name).sort(), ['__Host-sucharit-door', '__Host-sucharit-known'])
    await context.addCookies(kept)
    await at.open('/queue')
    assert.equal(await page.locator('#sign-in').count(), 1)
  })
  await leave()
})

journey('axe_finds_nothing_on_any_officer_page', ['th_320_with_scripts', 'en_1280_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await reporter.file()
  const legal = await officer(told)
  const look = async (where) => {
    await assertAccessible(legal.page, where)
    await assertNoSidewaysScrolling(legal.page, where)
    await screenshot(legal.page, told.name)
  }
  await then('no page has a violation or scrolls sideways', async () => {
    await legal.at.signIn({ login: 'nobody', passphrase: 'x' })
    await look('the login with a fault')
    await legal.at.signIn(told.agency.people.legal)
    await look('the queue')
    await legal.at.onlyCase()
    await look('the new case')
    await legal.at.submit('register')
    await look('the case with a fault')
    await legal.at.register()
    await legal.at.screen()
    await look('the screening form')
    await legal.at.propose()
    await look('the proposed case')
    await legal.at.open(NOWHERE)
    await look('the error page')
    await legal.at.open('/queue')
    await legal.at.signOut()
    await look('signed out')
  })
  await legal.leave()
  const clerk = await officer(told, 'clerk')
  await then('neither do the clerk\'s', async () => {
    await clerk.at.onlyCase()
    await assertAccessible(clerk.page, 'the case before its order')
    await clerk.at.close()
    await assertAccessible(clerk.page, 'the closed case')
    await assertNoSidewaysScrolling(clerk.page, 'the closed case')
  })
  await clerk.leave()
  const admin = await officer(told, 'admin')
  await then('nor the admin\'s', () => assertAccessible(admin.page, 'the role page'))
  await admin.leave()
  await leave()
})
