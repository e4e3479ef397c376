"""Who fits whom: pure, no input or output."""
