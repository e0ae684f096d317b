"""Files of a survey: questionnaire, design, frame, sample, weights, responses, estimates."""
