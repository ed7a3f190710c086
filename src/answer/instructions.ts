/**
 * Text that speaks to a model instead of about research. A passage that does is quoted like any other and kept
 * from the model. No list finds all of them; what gets past it can still make nothing but checked sentences.
 */
const patterns = [
  // "Ignore the above", "disregard all previous instructions"
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,60}\b(?:above|previous|prior|earlier|preceding|instructions?|prompts?|rules|guidelines)\b/i,
  // "Reply only with", "Say: …"
  /(?:^|[.!?:;]\s+)(?:please\s+)?(?:say|reply|respond|answer|output|print|repeat|write|tell)\b\s*(?:only|exactly|with|that|the (?:user|reader)|["“':])/i,
  // "Language models must answer that", "AI reviewers should recommend"
  /\b(?:AI|LLM|language model|assistant|chatbot)s?\b[^.]{0,40}\b(?:must|shall|should|are (?:instructed|required|asked) to)\b[^.]{0,40}\b(?:say|reply|respond|answer|output|print|repeat|write|state|recommend|rate|accept|praise|mention|ignore)\b/i,
  /\byou (?:are|must|will) now\b|\b(?:give|write) (?:only )?a positive review\b/i,
  // The marks by which chats are told apart
  /<\|\w+\|>|\[\/?INST\]|<\/?(?:system|assistant|user|passage)\b[^>]*>|^#+\s*(?:system|instructions?)\b/im,
];

/** Whether anything in a text looks like an instruction to a model. */
export function isInstruction(text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}
