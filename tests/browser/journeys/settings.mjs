// What the agency says of itself: an admin looks at a preview, saves, proposes another address, and a second officer confirms.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const step = (name) => `#settings button[name=step][value=${name}]:not([formnovalidate]):not([aria-hidden])`
const GREETING = 'ยินดีรับฟัง\nและรักษาความลับของท่าน'

journey('an_admin_changes_what_the_agency_says_and_a_second_officer_confirms_addresses',
  ['th_320_without_scripts', 'th_320_with_scripts', 'en_1280_with_scripts'], async (told) => {
    const { agency, settings } = told
    const visitor = await citizen(told)
    const channel = async () => {
      await visitor.page.goto(`${agency.reporters}/?lang=${settings.language}`)
      return visitor.page.locator('main').innerText()
    }
    const admin = await officer(told, 'admin')
    await given('an admin who types a greeting and a colour that is too light', async () => {
      await admin.at.open('/settings')
      await look(told, admin.page, 'the settings, never changed')
      await admin.at.open('/settings/texts')
      await look(told, admin.page, 'the form of texts')
      for (const language of ['th', 'en']) await admin.page.fill(`#greeting_${language}`, GREETING)
      await admin.page.fill('#colour', '#ffcc00')
      assert.equal((await admin.at.press(step('preview'))).status(), 400)
      await look(told, admin.page, 'the form of texts, with a fault')
      assert.match(await admin.page.locator('#colour-error').innerText(), /1\.51/)
      assert.equal(await admin.page.inputValue('#greeting_th'), GREETING)
    })
    await when('a darker colour is previewed', async () => {
      await admin.page.fill('#colour', '#7a1f1f')
      assert.equal((await admin.at.press(step('preview'))).status(), 200)
      await look(told, admin.page, 'the preview')
      assert.match(await admin.page.locator('.app-preview').innerText(), /ยินดีรับฟัง/)
      assert.doesNotMatch(await channel(), /ยินดีรับฟัง/)
    })
    await then('it is on the channel page as soon as it is saved', async () => {
      assert.equal((await admin.at.press(step('save'))).status(), 200)
      await look(told, admin.page, 'the settings, changed')
      assert.match(await channel(), /ยินดีรับฟัง/)
      await look(told, visitor.page, 'the channel page with a greeting')
    })
    await when('a category is reworded and another address proposed', async () => {
      await admin.at.open('/settings/categories')
      await look(told, admin.page, 'the categories')
      await admin.page.fill('#category_th_bribery', 'เรียกเงินใต้โต๊ะ')
      assert.equal((await admin.at.press(step('save'))).status(), 200)
      await admin.at.open('/settings/identity')
      await admin.page.fill('#general_url', 'https://example.go.th/general')
      assert.equal((await admin.at.press(step('save'))).status(), 200)
      await look(told, admin.page, 'the proposal, before whoever made it')
      assert.equal(await admin.page.locator('#confirm').count(), 0)
    })
    await when('a limit is to become longer', async () => {
      await admin.at.open('/settings/manual')
      await look(told, admin.page, 'limits and holidays')
    })
    const executive = await officer(told, 'executive')
    await then('a second officer confirms it', async () => {
      await executive.at.open('/settings')
      await look(told, executive.page, 'the proposal, before a second officer')
      assert.equal((await executive.at.press('#confirm button')).status(), 200)
      await look(told, executive.page, 'the proposal, confirmed')
      assert.equal(await executive.page.locator('#proposal').count(), 0)
    })
    for (const person of [admin, executive, visitor]) await person.leave()
  })
