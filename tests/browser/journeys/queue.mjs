// The list of work: an officer names a case, filters, sorts, turns pages and searches.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { journey, given, then, when } from '../lib/story.mjs'
import { complaint } from '../pages/reporter.mjs'

const TITLE = 'เรียกรับเงินโครงการถนนคอนกรีต หมู่ 5'

journey('the_list_of_work_is_filtered_sorted_turned_over_searched_and_named', ['th_320_without_scripts', 'en_1280_with_scripts', 'en_320_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await given('more filings than one page holds', async () => {
    for (let i = 0; i < 26; ++i)
      await reporter.file({ ...complaint, facts: `${complaint.facts} (${i})`, subject_name: i === 7 ? 'นายทรงศักดิ์ สืบค้น' : complaint.subject_name })
  })
  const { at, page, leave: signOut } = await officer(told, 'legal')
  const rows = async () => page.locator('#queue tbody tr').count()
  await then('title, search and one line of counts stand above the work', async () => {
    await at.open('/queue')
    assert.equal(await rows(), 20, 'new filings do not bury the rest')
    await look(told, page, 'the list of work')
    const above = await page.evaluate(() => document.querySelector('#queue').getBoundingClientRect().top + scrollY)
    const figures = await page.evaluate(() => document.querySelector('#totals').getBoundingClientRect().top + scrollY)
    assert.ok(figures > above, 'the figures come after the work')
  })
  await when('the officer asks for new filings only', async () => {
    await page.locator('#filter summary').click()
    await page.selectOption('#filter-form #state', 'submitted')
    await page.selectOption('#filter-form #sort', 'received')
    await at.press('#filter-form button')
  })
  await then('there are two pages, and the address names states and orders only', async () => {
    assert.equal(await rows(), 25)
    assert.match(await page.locator('#found').innerText(), /26/)
    const address = new URL(page.url())
    assert.equal(address.searchParams.get('state'), 'submitted')
    assert.equal(address.searchParams.get('sort'), 'received')
    await look(told, page, 'the filtered list')
    await at.press('#pages a[rel=next]')
    assert.equal(await rows(), 1)
    await look(told, page, 'the last page')
    await at.press('#clear')
    assert.equal(new URL(page.url()).searchParams.get('state'), null)
  })
  await when('the officer searches a name', async () => {
    await page.fill('#search-text', 'สืบค้น')
    await at.press('#search button')
  })
  await then('one case is found, and the address says nothing of it', async () => {
    assert.equal(await rows(), 1)
    assert.equal(decodeURIComponent(page.url()).includes('สืบค้น'), false)
    await look(told, page, 'what was found')
  })
  await when('the officer opens it and gives it a title', async () => {
    await at.press('#queue a')
    await page.locator('#naming summary').click()
    await look(told, page, 'the form of the title')
    await page.fill('#short_title', 'x'.repeat(81))
    assert.equal((await at.press('#form-title button')).status(), 400)
    await look(told, page, 'the form of the title with a fault')
    await page.fill('#short_title', TITLE)
    assert.equal((await at.press('#form-title button')).status(), 200)
    assert.equal(await page.locator('#case-name').innerText(), TITLE)
    await look(told, page, 'the case with its title')
  })
  await then('a part of the title finds it', async () => {
    await at.open('/queue')
    await page.fill('#search-text', 'ถนนคอนกรีต')
    await at.press('#search button')
    assert.equal(await rows(), 1)
    assert.match(await page.locator('#queue tbody').innerText(), new RegExp(TITLE))
    await look(told, page, 'the titled case in the list')
    await page.fill('#search-text', 'ไม่มีคำนี้แน่นอน')
    await at.press('#search button')
    assert.equal(await rows(), 0)
    await look(told, page, 'nothing found')
  })
  await signOut()
  await leave()
})
