/** What a sentence does in its paper: says what was known, aimed at, done, found, concluded, or given notice of. */

export type Zone = 'background' | 'aim' | 'method' | 'result' | 'conclusion' | 'notice' | 'none';

/** The headings of structured abstracts, which also run into the word after them ("ResultsOf the"). */
const headings: readonly (readonly [Zone, RegExp])[] = [
  [
    'conclusion',
    /^(?:AUTHORS?['’]? )?(?:CONCLUSIONS?|INTERPRETATIONS?|SIGNIFICANCE|IMPLICATIONS|DISCUSSION)\b|^(?:Conclusions?|Interpretation|Significance|Discussion)(?:\s*:|(?=[A-Z])|(?: and [A-Z]))/,
  ],
  [
    'result',
    /^(?:(?:MAIN |PRINCIPAL )?RESULTS?|(?:PRINCIPAL |KEY )?FINDINGS?|MAIN FINDINGS)\b|^(?:(?:Main |Principal )?Results?|Findings|Principal Findings)(?:\s*:|(?=[A-Z])|\/)/,
  ],
  [
    'method',
    /^(?:(?:MATERIALS?|PATIENTS?|SUBJECTS?|DATA|RESEARCH|STUDY|MAIN|PRIMARY|TRIAL|SEARCH|ELIGIBILITY|SELECTION|DESIGN|SETTINGS?|PARTICIPANTS?|INTERVENTIONS?|METHODS?|METHODOLOGY|MEASUREMENTS?|EXPOSURES?|OUTCOMES?|SAMPLE|FUNDING|REGISTRATION|LIMITATIONS?)\b|Methods?(?:\s*:|(?=[A-Z])|\/)|Design(?:\s*:|(?=[A-Z])|,)|Funding(?:\s*:|(?=[A-Z])|\b)|Trial registration|Methodology\/)/,
  ],
  [
    'aim',
    /^(?:AIMS?|OBJECTIVES?|PURPOSE|GOAL|HYPOTHES[IE]S)\b|^(?:Aims?|Objectives?|Purpose)(?:\s*:|(?=[A-Z]))/,
  ],
  [
    'background',
    /^(?:BACKGROUND|CONTEXT|INTRODUCTION|IMPORTANCE|RATIONALE|UNLABELLED)\b|^(?:Background|Context|Introduction|Importance)(?:\s*:|(?=[A-Z])|\/)/,
  ],
];

const cues: readonly (readonly [Zone, RegExp])[] = [
  [
    'conclusion',
    /\b(?:we|authors?|study|results?|findings?|data|evidence|observations?|analys[ei]s|experiments?|work|it is) (?:\w+ ){0,4}?(?:conclude|suggest|indicate|impl(?:y|icate)|support|provide|establish|highlight|underscore|propose that|identify|confirm|argue)(?:s|d|ed|ies)?\b|\b(?:in conclusion|in summary|to conclude|taken together|collectively|altogether|overall,|thus,|therefore,|these (?:results|findings|data|observations))\b/i,
  ],
  [
    'result',
    /\b(?:we|results?|stud(?:y|ies)|analys[ei]s|data|experiments?|evaluations?) (?:\w+ ){0,3}?(?:find|found|show|shows|showed|shown|demonstrate[sd]?|observed?|reveal(?:s|ed)?|report(?:s|ed)?|discover(?:ed)?|detected|achieves?d?)\b|\b(?:was|were|is|are) (?:significantly|associated|correlated|higher|lower|increased|decreased|reduced|observed|found|detected|elevated|identified)\b|\b(?:significantly|outperform(?:s|ed)?|resulted in|leads? to|p\s*[<=>]|\d+% CI|confidence interval|odds ratio|hazard ratio|state-of-the-art (?:results|performance))/i,
  ],
  [
    'aim',
    /\b(?:we|study|paper|work|trial|review|article) (?:\w+ ){0,2}?(?:aim(?:s|ed)?|sought|investigate[sd]?|examine[sd]?|assess(?:es|ed)?|evaluate[sd]?|explore[sd]?|test(?:ed)? (?:whether|the)|ask(?:ed)?|determine[sd]? whether)\b|^to (?:\w+ )?(?:investigate|examine|assess|evaluate|determine|explore|compare|test|study|identify|address|characterize|estimate|describe)\b|\b(?:objective|aim|purpose|goal) (?:of|was|is)\b/i,
  ],
  [
    'method',
    /\b(?:(?:was|were) (?:\w+ )?(?:randomi[sz]ed|randomly|measured|assessed|collected|recruited|performed|analy[sz]ed|used|enrolled|obtained|assigned|evaluated|examined|conducted|included|studied|recorded|calculated|determined)|we (?:\w+ )?(?:used|performed|analy[sz]ed|measured|collected|conducted|recruited|searched|applied|employed|genotyped|sequenced|generated|compared)|cohort study|randomi[sz]ed (?:\w+ )?trial|meta-analysis of|cross-sectional)\b/i,
  ],
  [
    'background',
    /\b(?:is|are|remains?|has been|have been) (?:\w+ )?(?:unknown|unclear|poorly|little|controversial|elusive|not (?:been |well |fully |yet )|important|a major|a leading|essential|thought|believed|known|considered|associated with|implicated|limited|debated|uncertain)\b|\blittle is known\b|^(?:however|although|despite|recent(?:ly)?|previous(?:ly)?|existing|current(?:ly)?|traditional(?:ly)?)\b/i,
  ],
];

/** Where code and data are, who paid, where a trial is registered: never an answer to what was found. */
const notice =
  /https?:\/\/|\bwww\.|\\(?:url|href)\b|\b(?:code|data(?:sets?)?|models?|implementation|resources?|weights|demo|videos?)\b.{0,60}\b(?:is|are|be|been|made|freely|publicly) (?:\w+ )?(?:available|released|accessible|open-sourced)\b|\bclinicaltrials\.gov|^(?:trial registration|funding|keywords?|copyright|project page|registration)\b|©/i;

/**
 * The zones of a paper's sentences in their order. A heading holds until the next one; without headings
 * each sentence is known by its own words, if at all.
 */
export function zonesOf(texts: readonly string[]): Zone[] {
  let held: Zone | undefined;
  return texts.map((text) => {
    if (notice.test(text)) return 'notice';
    const heading = headings.find(([, pattern]) => pattern.test(text))?.[0];
    if (heading) held = heading;
    return held ?? cueOf(text);
  });
}

function cueOf(text: string): Zone {
  return cues.find(([, pattern]) => pattern.test(text))?.[0] ?? 'none';
}
