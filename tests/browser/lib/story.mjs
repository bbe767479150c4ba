// How a journey is told: journey() declares it with its variants, and given/when/then name its steps, so that a failure says
// where in the story it stands.

const told = []

// `variants`: names such as "th_320_without_scripts"; each is a test of its own. `agency`: how it is made, see startAgency().
export function journey(name, variants, tell, agency = {}) {
  for (const variant of variants) told.push({ name: `${name}.${variant}`, settings: settingsOf(variant), tell, agency })
}

export function journeys() {
  return told
}

function settingsOf(variant) {
  const words = /^(th|en)_(320|1280)_(with|without)_scripts$/.exec(variant)
  if (!words) throw new Error(`not a variant: ${variant}`)
  return { language: words[1], width: Number(words[2]), scripts: words[3] === 'with' }
}

async function step(kind, sentence, act) {
  try {
    return await act()
  } catch (fault) {
    fault.message = `${kind} ${sentence}: ${fault.message}`
    throw fault
  }
}

export const given = (sentence, act) => step('given', sentence, act)
export const when = (sentence, act) => step('when', sentence, act)
export const then = (sentence, act) => step('then', sentence, act)
