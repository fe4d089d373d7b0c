internal import HardenModel
