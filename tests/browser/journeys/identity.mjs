// Seeing who the reporter is: asked for with a reason, granted by a custodian who is not shown it, shown a single time.
import assert from 'node:assert/strict'
import { screenshot } from '../lib/browser.mjs'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint, identity } from '../pages/reporter.mjs'

const REASON = 'ต้องนัดหมายเพื่อสอบปากคำ', DECISION = 'จำเป็นต่อการสืบสวนข้อเท็จจริง'

async function askedOf(told, login) {
  const legal = await officer(told, login)
  const path = await legal.at.onlyCase()
  await look(told, legal.page, 'the case with the way to its identity')
  await legal.at.press('#identity a')
  await look(told, legal.page, 'the page that asks')
  assert.equal((await legal.at.press('#form-identity button[type=submit].govuk-button')).status(), 400, 'a reason is needed')
  await look(told, legal.page, 'the page that asks, with a fault')
  await legal.page.fill('#reason', REASON)
  assert.equal((await legal.at.press('#form-identity button[type=submit].govuk-button')).status(), 200)
  assert.ok(await legal.page.locator('#standing').isVisible())
  await look(told, legal.page, 'the page that waits')
  return { ...legal, path }
}

async function decided(told, decision) {
  const clerk = await officer(told, 'clerk')
  await clerk.at.press('nav a[href^="/identity"]')
  const words = await clerk.page.locator('main').innerText()
  assert.ok(words.includes(REASON), 'the reason is not shown')
  for (const secret of [complaint.facts.split('\n')[0], identity.name]) assert.ok(!words.includes(secret), 'the custodian reads the case')
  await look(told, clerk.page, 'the page that decides')
  await clerk.page.check(`main input[name=decision][value=${decision}]`)
  await clerk.page.fill('main textarea[name=reason]', DECISION)
  assert.equal((await clerk.at.press('main form[action^="/identity/"] button[type=submit].govuk-button')).status(), 200)
  assert.ok(!(await clerk.page.locator('main').innerText()).includes(identity.name), 'the custodian is shown the name')
  await look(told, clerk.page, 'the page that decides, afterwards')
  await clerk.leave()
}

const VARIANTS = ['th_320_without_scripts', 'th_320_with_scripts', 'en_1280_with_scripts']

async function filed(told, named) {
  const { reporter, leave } = await citizen(told)
  await reporter.file(complaint, { named })
  await leave()
}

journey('an_identity_is_shown_once_to_who_asked', VARIANTS, async (told) => {
  await given('a complaint with a name', () => filed(told, identity))
  const legal = await when('the legal officer asks for the name', () => askedOf(told, 'legal'))
  await when('the clerk grants it', () => decided(told, 'grant'))
  await then('it is shown once, marked as secret, and then only that it was', async () => {
    await legal.at.open(`${legal.path}/identity`)
    assert.ok((await legal.page.locator('main').innerText()).includes(DECISION))
    await look(told, legal.page, 'the page that shows once')
    assert.equal((await legal.at.press('#form-show button')).status(), 200)
    const words = await legal.page.locator('#given').innerText()
    for (const said of [identity.name, identity.phone, identity.email]) assert.ok(words.includes(said), `not shown: ${said}`)
    assert.equal(await legal.page.locator('.app-secrecy').count(), 2)
    await look(told, legal.page, 'the identity')
    await legal.page.emulateMedia({ media: 'print' })
    assert.ok(await legal.page.locator('.app-secrecy').first().isVisible(), 'the print carries no mark')
    await screenshot(legal.page, told.name)
    await legal.page.emulateMedia({ media: 'screen' })
    await legal.at.open(`${legal.path}/identity`)
    assert.ok(!(await legal.page.locator('main').innerText()).includes(identity.name))
    await look(told, legal.page, 'the page afterwards')
  })
  await legal.leave()
})

journey('an_anonymous_reporter_stays_so_when_the_identity_is_granted', ['th_320_with_scripts'], async (told) => {
  await given('a complaint without a name', () => filed(told))
  const legal = await when('the legal officer asks all the same', () => askedOf(told, 'legal'))
  await when('the clerk grants it', () => decided(told, 'grant'))
  await then('the answer says that nothing was given', async () => {
    await legal.at.open(`${legal.path}/identity`)
    assert.equal((await legal.at.press('#form-show button')).status(), 200)
    assert.ok(await legal.page.locator('#not-given').isVisible())
    await look(told, legal.page, 'nothing was given')
  })
  await legal.leave()
})
