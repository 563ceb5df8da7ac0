Feature: Pay
  Scenario Outline: x
    Given <a>
    Examples:
      | a |
      | 1 |
